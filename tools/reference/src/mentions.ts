import {
  isBlock,
  isExpressionWithTypeArguments,
  isIdentifier,
  isQualifiedName,
  isTypeAliasDeclaration,
  isTypeQueryNode,
  isTypeReferenceNode,
  isVariableDeclaration,
  type Node,
  type TypeAliasDeclaration,
} from 'typescript/unstable/ast';
import type { Checker, Symbol as Named } from 'typescript/unstable/sync';
import { resolved, type Sources } from './sources.ts';

/** What the types in a declaration stand for, in the order in which they are named. */
export function mentionsOf(declaration: Node, checker: Checker): readonly Named[] {
  const found: Named[] = [];
  const visit = (node: Node): void => {
    const name = nameIn(node);
    const symbol = name && checker.getSymbolAtLocation(name);
    if (symbol) found.push(resolved(symbol, checker));
    if (!isBlock(node)) node.forEachChild(visit);
  };
  const signature = isVariableDeclaration(declaration) ? declaration.type : declaration;
  if (signature) visit(signature);
  return found;
}

function nameIn(node: Node): Node | undefined {
  if (isTypeReferenceNode(node)) return node.typeName;
  if (isTypeQueryNode(node)) return node.exprName;
  return isExpressionWithTypeArguments(node) ? node.expression : undefined;
}

/** The declaration of a type that a package keeps to itself. */
export function privateType(symbol: Named, { bySymbol }: Sources): TypeAliasDeclaration | undefined {
  const node = bySymbol.has(symbol.id) ? undefined : symbol.declarations[0]?.resolve();
  const own = node && isTypeAliasDeclaration(node) && !node.getSourceFile().fileName.includes('/node_modules/');
  return own ? node : undefined;
}

/** Whether a type is written as what a schema gives or what a private type makes of it, which tells a reader nothing. */
export function isDerived(node: TypeAliasDeclaration, sources: Sources): boolean {
  if (node.typeParameters || !isTypeReferenceNode(node.type)) return false;
  const { typeName } = node.type;
  if (!isIdentifier(typeName)) return isQualifiedName(typeName);
  const symbol = sources.checker.getSymbolAtLocation(typeName);
  return symbol !== undefined && privateType(resolved(symbol, sources.checker), sources)?.typeParameters !== undefined;
}
