import {
  type ClassDeclaration,
  type ConstructorDeclaration,
  type FunctionDeclaration,
  isAsExpression,
  isBindingPattern,
  isClassDeclaration,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isLiteralExpression,
  isMethodDeclaration,
  isPropertyDeclaration,
  isTypeAliasDeclaration,
  isTypeReferenceNode,
  isVariableDeclaration,
  type MethodDeclaration,
  type Node,
  type ParameterDeclaration,
  SyntaxKind,
  type VariableDeclaration,
} from 'typescript/unstable/ast';
import { isDerived, mentionsOf, privateType } from './mentions.ts';
import type { PublicName, Sources } from './sources.ts';
import { typeWriter } from './types.ts';

/** The declaration of a public name, after it the private types that it names, and which public names are in it. */
export type Code = { readonly text: string; readonly mentions: readonly PublicName[] };

// A value that is longer than this many characters is told by its type.
const longest = 400;

/** Writes a declaration without what it does; what the compiler infers is written out. */
export function codeOf({ name, symbol, node }: PublicName, sources: Sources): Code {
  const { checker, bySymbol } = sources;
  const written = new Set<PublicName>();
  const types = typeWriter(sources, (one) => written.add(one));
  const read = new Set<PublicName>();
  const declarations = new Map([[symbol.id, { name, node }]]);
  const texts: string[] = [];
  for (const each of declarations.values()) {
    const derived = isTypeAliasDeclaration(each.node) && isDerived(each.node, sources) ? each.node.type : undefined;
    texts.push(derived ? expanded(each.name, derived) : declaration(each.name, each.node));
    for (const one of mentionsOf(each.node, checker)) {
      const known = bySymbol.get(one.id);
      const own = derived ? undefined : privateType(one, sources);
      if (known) read.add(known);
      if (own) declarations.set(one.id, { name: one.name, node: own });
    }
  }
  const text = texts.join('\n\n');
  // What was written of a type that then proved too long is not there.
  const mentions = new Set([...read, ...[...written].filter((one) => text.match(`\\b${one.name}\\b`))]);
  return { text, mentions: [...mentions].filter((one) => one.symbol.id !== symbol.id) };

  function expanded(alias: string, type: Node): string {
    return `type ${alias} = ${types.expand(checker.getTypeAtLocation(type) ?? checker.getUnknownType())};`;
  }

  function declaration(of: string, from: Node): string {
    if (isFunctionDeclaration(from)) return `function ${of}${signature(from)};`;
    if (isClassDeclaration(from)) return classText(of, from);
    if (isVariableDeclaration(from)) return variable(of, from);
    return from.getText().replace(/^export /, '');
  }

  function signature(from: FunctionDeclaration | MethodDeclaration | ConstructorDeclaration): string {
    const open = from.typeParameters ? `<${from.typeParameters.map((one) => one.getText()).join(', ')}>` : '';
    const parameters = `(${from.parameters.map(parameter).join(', ')})`;
    if (isConstructorDeclaration(from)) return parameters;
    const inferred = checker.getSignatureFromDeclaration(from);
    const type = inferred && checker.getReturnTypeOfSignature(inferred);
    return `${open}${parameters}: ${from.type?.getText() ?? types.write(type ?? checker.getUnknownType())}`;
  }

  function variable(of: string, { type, initializer }: VariableDeclaration): string {
    if (type) return `declare const ${of}: ${type.getText()};`;
    const value = initializer?.getText() ?? '';
    const constant = initializer && (isAsExpression(initializer) || isLiteralExpression(initializer));
    if (constant && value.length <= longest) return `const ${of} = ${value};`;
    const inferred = types.typeOf(symbol);
    const wide = (inferred.isLiteralType() && checker.getBaseTypeOfLiteralType(inferred)) || inferred;
    return `declare const ${of}: ${types.write(wide)};`;
  }

  function classText(of: string, from: ClassDeclaration): string {
    const heritage = (from.heritageClauses ?? []).map((one) => ` ${one.getText()}`).join('');
    const members = from.members.flatMap((member) => {
      const text = memberText(member);
      const docs = member.getSourceFile().text.slice(member.getStart(undefined, true), member.getStart());
      return text === undefined ? [] : [docs + text];
    });
    return `class ${of}${heritage} {\n${members.join('\n')}\n}`;
  }

  function memberText(member: Node): string | undefined {
    if (isConstructorDeclaration(member)) return `constructor${signature(member)};`;
    if (!(isMethodDeclaration(member) || isPropertyDeclaration(member)) || !isIdentifier(member.name)) return undefined;
    if (isMethodDeclaration(member)) return `${member.name.text}${signature(member)};`;
    const readonly = member.modifiers?.some(({ kind }) => kind === SyntaxKind.ReadonlyKeyword) ? 'readonly ' : '';
    return `${readonly}${member.name.text}: ${member.type?.getText() ?? member.initializer?.getText()};`;
  }
}

/** A parameter that is taken apart at once has no name in the source; it gets its type's. */
function parameter({ name, type, questionToken, initializer }: ParameterDeclaration): string {
  const typeName = type && isTypeReferenceNode(type) && isIdentifier(type.typeName) ? type.typeName.text : 'Options';
  const own = isBindingPattern(name) ? typeName.charAt(0).toLowerCase() + typeName.slice(1) : name.getText();
  return `${own}${questionToken || initializer ? '?' : ''}: ${type?.getText() ?? 'unknown'}`;
}
