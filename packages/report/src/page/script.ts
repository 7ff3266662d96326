/** What the page does beyond showing: the certificate of the row in hand, and the table's order and filter. */
export const script = `'use strict';
const find = (query, from = document) => [...from.querySelectorAll(query)];
const panel = document.getElementById('panel');
const rows = find('[data-row]');
const edges = find('[data-rows]').map((edge) => ({ edge, keys: edge.dataset.rows.split(' ') }));
let shown;

function show(row) {
  if (shown === row) return;
  shown = row;
  const key = row.dataset.row;
  const card = document.getElementById('k-' + key);
  const copy = card.cloneNode(true);
  copy.removeAttribute('id');
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = 'close';
  close.addEventListener('click', hide);
  panel.replaceChildren(close, copy);
  panel.hidden = false;
  const { left, right } = row.getBoundingClientRect();
  panel.classList.toggle('left', left + right > innerWidth);
  panel.scrollTop = 0;
  const others = new Set([key]);
  for (const { edge, keys } of edges) {
    const is = keys.includes(key);
    edge.classList.toggle('on', is);
    if (is) for (const other of keys) if (keys.length < 3 || other === key) others.add(other);
  }
  for (const each of rows) each.classList.toggle('on', others.has(each.dataset.row));
  document.querySelector('.topology').classList.add('picked');
}

function hide() {
  const back = panel.contains(document.activeElement) ? shown : undefined;
  shown = undefined;
  panel.hidden = true;
  for (const each of find('.on')) each.classList.remove('on');
  document.querySelector('.topology').classList.remove('picked');
  if (back) back.focus();
  if (back) hide();
}

for (const row of rows) {
  row.addEventListener('pointerenter', () => show(row));
  row.addEventListener('focus', () => show(row));
  row.addEventListener('click', (event) => {
    event.preventDefault();
    show(row);
    if (event.detail === 0) panel.focus();
  });
}
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !panel.hidden) hide();
});

const table = document.getElementById('all');
const body = table.tBodies[0];
const lines = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase(), state: row.cells[5].textContent.trim() }));
const heads = find('th', table);
heads.forEach((head, column) =>
  head.firstChild.addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') === 'ascending';
    for (const each of heads) each.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const compare = new Intl.Collator('en', { numeric: true }).compare;
    const keyed = lines.map(({ row }) => ({ row, key: row.cells[column].textContent }));
    keyed.sort((a, b) => (down ? compare(b.key, a.key) : compare(a.key, b.key)));
    body.append(...keyed.map(({ row }) => row));
  }),
);
const filter = document.getElementById('filter');
const state = document.getElementById('state');
function sift() {
  const words = filter.value.toLowerCase().split(/\\s+/);
  let count = 0;
  for (const line of lines) {
    const is = words.every((word) => line.text.includes(word)) && (state.value === '' || line.state === state.value);
    line.row.hidden = !is;
    if (is) count += 1;
  }
  document.getElementById('shown').textContent = count + ' of ' + lines.length;
}
filter.addEventListener('input', sift);
state.addEventListener('change', sift);
sift();
`;
