import { join } from 'node:path';
import { isTypeAliasDeclaration, isVariableDeclaration, type Node, SyntaxKind } from 'typescript/unstable/ast';
import { API, type Checker, type Symbol as Named, SymbolFlags } from 'typescript/unstable/sync';
import { type Package, packages, root } from './workspace.ts';

export type Kind = 'function' | 'const' | 'class' | 'type';

/** A public name: what the compiler knows of it. */
export type PublicName = {
  readonly name: string;
  readonly kind: Kind;
  readonly of: Package;
  readonly symbol: Named;
  readonly node: Node;
};

/** The sources of all packages, as the compiler understands them. */
export type Sources = {
  readonly checker: Checker;
  readonly names: readonly PublicName[];
  readonly bySymbol: ReadonlyMap<number, PublicName>;
  /** Types that have a public name of their own. */
  readonly byType: ReadonlyMap<number, PublicName>;
  close(): void;
};

/**
 * Reads the sources of all packages; nothing need be built. The compiler calls this API unstable: its version is pinned,
 * and an upgrade has this folder alone to look at.
 */
export function openSources(): Sources {
  const config = join(import.meta.dirname, '../tsconfig.sources.json');
  const api = new API({ cwd: root });
  const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
  if (project === undefined) throw new Error(`${config} cannot be read`);
  const { checker, program } = project;
  const names = packages.flatMap((of) => {
    const file = program.getSourceFile(join(root, of.folder, 'src/index.ts'));
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${of.folder}/src/index.ts exports nothing`);
    return checker.getExportsOfModule(module).map((exported) => publicName(exported, { of, checker }));
  });
  return {
    checker,
    names,
    bySymbol: new Map(names.map((one) => [one.symbol.id, one])),
    byType: new Map(
      names.flatMap((one) => {
        if (!isTypeAliasDeclaration(one.node) || one.node.typeParameters) return [];
        const type = checker.getDeclaredTypeOfSymbol(one.symbol);
        return type.isObjectType() || type.isUnionType() ? [[type.id, one] as const] : [];
      }),
    ),
    close: () => api.close(),
  };
}

function publicName(exported: Named, { of, checker }: { readonly of: Package; readonly checker: Checker }): PublicName {
  const symbol = resolved(exported, checker);
  const node = symbol.declarations[0]?.resolve();
  if (node === undefined) throw new Error(`${of.name} exports ${exported.name}, which is declared nowhere`);
  return { name: exported.name, kind: kindOf(node), of, symbol, node };
}

/** What a name stands for in the end. */
export function resolved(symbol: Named, checker: Checker): Named {
  return symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function kindOf(node: Node): Kind {
  if (node.kind === SyntaxKind.FunctionDeclaration) return 'function';
  if (node.kind === SyntaxKind.ClassDeclaration) return 'class';
  return isVariableDeclaration(node) ? 'const' : 'type';
}
