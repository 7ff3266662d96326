import { type Symbol as Named, NodeBuilderFlags, SymbolFlags, type Type } from 'typescript/unstable/sync';
import type { PublicName, Sources } from './sources.ts';

// A schema whose type is longer than this many characters is told by its kind alone.
const longest = 1000;
const flags = NodeBuilderFlags.NoTruncation | NodeBuilderFlags.UseSingleQuotesForStringLiteralType;

/** Writes types that the compiler inferred: by their public names, or else by their fields with their docstrings. */
export function typeWriter({ checker, byType, bySymbol }: Sources, mention: (name: PublicName) => void) {
  function write(type: Type): string {
    const alias = type.getAliasSymbol();
    const name = byType.get(type.id) ?? (alias && bySymbol.get(alias.id));
    if (name === undefined) return expand(type);
    mention(name);
    return name.name;
  }

  /** A type by its parts, also where it has a name. */
  function expand(type: Type): string {
    const properties = checker.getPropertiesOfType(type);
    if (properties.some(({ name }) => name === '_zod')) return schema(type);
    if (type.isUnionType()) return union(parts(type).map(write));
    if (checker.isArrayType(type) && type.isTypeReference()) {
      const readonly = type.getTarget().getSymbol()?.name === 'ReadonlyArray' ? 'readonly ' : '';
      const element = checker.getTypeArguments(type).map(write).join();
      return `${readonly}${/^\w+$/.test(element) ? element : `(${element})`}[]`;
    }
    const [index] = checker.getIndexInfosOfType(type);
    if (isPlain(type) && index) return `Record<${write(index.keyType)}, ${write(index.valueType)}>`;
    if (isPlain(type) && properties.length > 0) return object(properties.map(field));
    return checker.typeToString(type, undefined, flags);
  }

  /** What a schema gives, and what it reads where that is another type. */
  function schema(type: Type): string {
    const within = part(type, '_zod');
    const [output, input] = [part(within, 'output'), part(within, 'input')];
    const same = checker.isTypeAssignableTo(output, input) && checker.isTypeAssignableTo(input, output);
    const text = `z.ZodType<${write(output)}${same ? '' : `, ${write(input)}`}>`;
    return text.length > longest ? 'z.ZodObject' : text;
  }

  function field(property: Named): string {
    const optional = (property.flags & SymbolFlags.Optional) !== 0;
    const type = typeOf(property);
    const text = optional ? write(checker.getNonNullableType(type) ?? type) : write(type);
    // A field that may be missing may be undefined only where its type says so.
    const undefinable = optional && parts(type).some(({ id }) => id === checker.getUndefinedType().id);
    const docs = property.getDocumentationComment(checker);
    const name = `${property.name}${optional ? '?' : ''}`;
    return `${docs && comment(docs)}${name}: ${text}${undefinable ? ' | undefined' : ''};`;
  }

  /** The type of a field of a type. */
  function part(type: Type, name: string): Type {
    return typeOf(checker.getPropertyOfType(type, name));
  }

  function typeOf(symbol: Named | undefined): Type {
    return (symbol && checker.getTypeOfSymbol(symbol)) ?? checker.getUnknownType();
  }

  return { write, expand, part, typeOf };
}

function parts(type: Type): readonly Type[] {
  return (type.isUnionType() && type.getTypes()) || [];
}

/** Undefined last, and a boolean as one. */
function union(parts: readonly string[]): string {
  const last = parts.filter((one) => one === 'undefined');
  return [...parts.filter((one) => one !== 'undefined'), ...last].join(' | ').replace('false | true', 'boolean');
}

/** On one line, if it fits there, where it is short and says nothing of its fields. */
function object(fields: readonly string[]): string {
  const short = fields.join(' ').length < 60 && !fields.some((one) => one.includes('/**'));
  return short ? `{ ${fields.join(' ')} }` : `{\n${fields.join('\n')}\n}`;
}

function comment(text: string): string {
  return text.includes('\n') ? `/**\n * ${text.replaceAll('\n', '\n * ')}\n */\n` : `/** ${text} */\n`;
}

/** Whether a type is fields and nothing else, as opposed to a class. */
function isPlain(type: Type): boolean {
  if (type.isIntersectionType()) return true;
  return type.isObjectType() && ['__type', '__object'].includes(type.getSymbol()?.name ?? '__type');
}
