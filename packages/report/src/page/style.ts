import { properties } from '../draw/palette.ts';
import { drawingRules } from '../draw/svg.ts';

/** The style sheet of the page: light and dark as the reader has it, for screens, phones and paper. */
export const style = `:root{color-scheme:light dark;${properties('light')};--good:#0e7345;--soon:#8a5a00}
@media(prefers-color-scheme:dark){:root{${properties('dark')};--good:#6ed7a4;--soon:#f0c060}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 ui-sans-serif,system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:1560px;margin:auto;padding:0 28px}
header{padding-top:28px}
h1{margin:0;font-size:30px;line-height:1.2}
h2{margin:44px 0 14px;font-size:21px;border-bottom:1px solid var(--line);padding-bottom:6px}
h3{font-size:15px;margin:22px 0 8px}
p{margin:8px 0}small,.hint,footer,header p{color:var(--soft)}small{font-size:13px}
footer{padding-top:36px;padding-bottom:36px}
a{color:var(--a1)}
code{font:12.5px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
:focus-visible{outline:3px solid var(--a1);outline-offset:2px;border-radius:4px}
.summary{display:flex;flex-wrap:wrap;gap:10px;list-style:none;padding:0;margin:16px 0}
.summary li{background:var(--panel);border:1px solid var(--line);border-radius:9px;padding:8px 14px}
.summary b{font-size:19px;margin-right:4px}
.summary .alarm b{color:var(--alarm)}
nav{display:flex;flex-wrap:wrap;gap:4px 18px}
.legend{display:flex;flex-wrap:wrap;gap:6px 22px;list-style:none;padding:0;margin:0 0 10px}
.legend .wire{stroke:var(--soft);stroke-width:1.6}.legend .head{fill:var(--soft)}
.badge{display:inline-block;min-width:18px;padding:0 4px;border-radius:4px;background:var(--c);color:var(--oncolour);font-size:11.5px;font-weight:700;line-height:18px;text-align:center}
.canvas,.scroll{overflow-x:auto}
.canvas{border:1px solid var(--line);border-radius:10px;padding:12px}
${drawingRules}
.topology{display:block;height:auto;max-width:100%;margin:auto}
.topology.wide{max-width:none;width:max(100%,1360px)}
.topology a{cursor:pointer;text-decoration:none}
.topology a:focus-visible{outline:none}
.topology a:focus-visible .hit{stroke:var(--a1);stroke-width:3px}
.topology .row.on .hit{fill:var(--line)}
.topology.picked .edge:not(.on){opacity:.22}
.topology .edge.on .wire{stroke-width:2.6}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:7px 12px 7px 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft)}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline;text-underline-offset:3px}
th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
.connections td:nth-child(n+5){min-width:104px}
td ul,dd ul{margin:0;padding-left:18px}
tr.masters>td{background:var(--tint)}tr.masters>td:first-child{box-shadow:-8px 0 0 var(--tint)}
.reach.everything{color:var(--alarm);font-weight:600}.reach.wide{font-weight:600}
.filter{display:flex;flex-wrap:wrap;gap:10px 20px;align-items:center;margin-bottom:8px}
input,select{font:inherit;color:inherit;background:var(--box);border:1px solid var(--soft);border-radius:6px;padding:5px 8px}
.state{white-space:nowrap}.state::before{content:"";display:inline-block;width:9px;height:9px;border-radius:5px;margin-right:6px;background:var(--soft)}
.state.good::before{background:var(--good)}.state.ends-soon::before,.state.not-yet-valid::before{background:var(--soon)}
.state.expired,.state.missing{color:var(--alarm);font-weight:600}.state.expired::before,.state.missing::before{background:var(--alarm);border-radius:0}
.timeline ol{list-style:none;margin:0;padding:0}
.timeline li,.axis{display:grid;grid-template-columns:minmax(210px,1.2fr) 3fr minmax(170px,.8fr);gap:14px;align-items:center;padding:3px 0;border-bottom:1px solid var(--line)}
.axis svg{grid-column:2;overflow:visible}.axis text{font-size:12px;fill:var(--soft)}.axis .today,.axis .due,.axis .urgent{font-weight:700;fill:var(--text)}
.timeline .bar{display:block}.until small{display:block}
.tick{stroke:var(--line)}.tick.today{stroke:var(--text);stroke-width:2}.tick.due{stroke:var(--soon);stroke-width:1.5;stroke-dasharray:4 3}.tick.urgent{stroke:var(--alarm);stroke-width:1.5;stroke-dasharray:4 3}
.bar rect{fill:var(--soft)}.bar .good{fill:var(--good)}.bar .ends-soon,.bar .not-yet-valid{fill:var(--soon)}.bar .expired{fill:var(--alarm)}.bar .rest{opacity:.45}
.tree,.tree ul{list-style:none;margin:0;padding-left:26px}.tree{padding-left:0;display:grid;gap:14px 28px;grid-template-columns:repeat(auto-fill,minmax(min(330px,100%),1fr))}
.tree .uses{color:var(--soft);font-size:13px}
.tree ul>li{position:relative;padding:3px 0}
.tree ul>li::before{content:"";position:absolute;left:-17px;top:0;width:12px;height:15px;border:solid var(--line);border-width:0 0 1.5px 1.5px}
.tree ul>li:not(:last-child)::after{content:"";position:absolute;left:-17px;top:0;bottom:0;border-left:1.5px solid var(--line)}
.findings,.checked{padding-left:0;list-style:none}.findings li{padding:7px 0;border-bottom:1px solid var(--line)}
.checked{color:var(--soft);font-size:14px}
.tag{font-weight:700}.error .tag{color:var(--alarm)}.warning .tag{color:var(--soon)}.fine{color:var(--good);font-weight:600}
.cards{columns:3 400px;column-gap:18px}
.card{break-inside:avoid;background:var(--panel);border:1px solid var(--line);border-radius:9px;padding:12px 16px;margin:0 0 16px}
.card.masters{border:2px solid var(--alarm)}
.card:target{outline:3px solid var(--a1)}
.card h3{margin:0 0 8px;font-size:16px}
dl{margin:0}dl div{display:grid;grid-template-columns:92px 1fr;gap:10px;padding:2px 0}dt{color:var(--soft)}dd{margin:0}
.card ul{padding-left:16px;margin:0}.members{margin-top:8px!important;padding:8px 0 0!important;border-top:1px solid var(--line);list-style:none;font-size:13px;columns:2 260px}.members li{break-inside:avoid;padding:1px 0}.members code{font-size:11px}
#panel{position:fixed;right:18px;bottom:18px;width:min(480px,calc(100vw - 36px));max-height:min(70vh,640px);overflow:auto;z-index:2;border-radius:9px;box-shadow:0 8px 34px #0006}
#panel.left{right:auto;left:18px}
#panel .card{margin:0;padding-top:14px}
#panel .card h3{padding-right:64px}
#panel>button{position:absolute;right:12px;top:10px;font:inherit;color:inherit;background:var(--box);border:1px solid var(--soft);border-radius:6px;padding:2px 10px;cursor:pointer}
@media(max-width:760px){
header,main,footer{padding-left:14px;padding-right:14px}h1{font-size:24px}h2{margin-top:34px}
.topology,.topology.wide{max-width:none;width:auto}
.timeline li,.axis{grid-template-columns:1fr;gap:2px;padding:6px 0}.until small{display:inline}.axis svg{grid-column:1}.axis .minor{display:none}.axis .minor:nth-of-type(even){display:inline}
.stack thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.stack tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}.stack tr[hidden]{display:none}
.stack td{display:block;position:relative;border:0;padding:2px 0 2px 100px;min-height:25px}
.stack td::before{color:var(--soft);position:absolute;left:0}
.stack td:empty{display:none}
#all thead{position:static;clip-path:none;width:auto;height:auto;display:block}#all thead tr{display:flex;flex-wrap:wrap;gap:4px 14px;border:0}#all th{border:0;padding:4px 0}
${labels('connections', ['who', 'with', 'connects to', 'at', 'known by', 'checks by'])}
${labels('powers', ['who holds', 'can', 'until'])}
#all td{display:inline;padding:0 12px 0 0}#all td:first-child{display:block;font-weight:600}#all td:nth-child(4):not(:empty)::before{content:"by ";position:static}
#panel,#panel.left{right:0;left:0;bottom:0;width:auto;max-height:55vh;border-radius:12px 12px 0 0}
}
@media print{
:root{color-scheme:light;${properties('light')};--good:#0e7345;--soon:#8a5a00}
@page{size:A4 landscape;margin:12mm}
*{print-color-adjust:exact}
body{font-size:11px}header,main,footer{padding:0;max-width:none}
nav,.filter,#panel,.hint{display:none!important}
.canvas{border:0;padding:0;overflow:visible}.topology,.topology.wide{max-width:100%;width:auto;max-height:150mm}
a{color:inherit;text-decoration:none}
.card,tr,li{break-inside:avoid}h2,h3{break-after:avoid}
section+section{break-inside:auto}
}
`;

function labels(table: string, names: readonly string[]): string {
  return names.map((name, index) => `.${table} td:nth-child(${index + 1})::before{content:"${name}"}`).join('');
}
