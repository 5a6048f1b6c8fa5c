import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';

const dateTime = 5;
const scalars = new FromStringShapeDeserializer({
  timestampFormat: { useTrait: true, default: dateTime },
  httpBindings: false,
});

/** A form's keys as a tree: `Filter.1.Name=x` is Filter → 1 → Name. */
interface Node {
  value?: string;
  children: Map<string, Node>;
}

/** Reads a form-encoded request by its schema; the SDK only carries the opposite direction. */
export function readQuery(
  schema: NormalizedSchema,
  body: Uint8Array,
  dialect: 'query' | 'ec2',
): Record<string, unknown> {
  const root: Node = { children: new Map() };
  for (const [key, value] of new URLSearchParams(Buffer.from(body).toString())) {
    let node = root;
    for (const part of key.split('.')) {
      const child = node.children.get(part) ?? { children: new Map() };
      node.children.set(part, child);
      node = child;
    }
    node.value = value;
  }
  return schema.isUnitSchema() ? {} : readStructure(schema, root, dialect);
}

function readStructure(
  schema: NormalizedSchema,
  node: Node,
  dialect: 'query' | 'ec2',
): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(keyOf(name, member, dialect));
    if (child) output[name] = readValue(member, child, dialect);
  }
  return output;
}

function keyOf(name: string, member: NormalizedSchema, dialect: 'query' | 'ec2'): string {
  const traits = member.getMergedTraits();
  const xmlName = typeof traits.xmlName === 'string' ? traits.xmlName : name;
  if (dialect === 'query') return xmlName;
  if (typeof traits.ec2QueryName === 'string') return traits.ec2QueryName;
  return xmlName.charAt(0).toUpperCase() + xmlName.slice(1);
}

function readValue(schema: NormalizedSchema, node: Node, dialect: 'query' | 'ec2'): unknown {
  if (schema.isStructSchema()) return readStructure(schema, node, dialect);
  if (schema.isListSchema()) return readList(schema, node, dialect);
  if (schema.isMapSchema()) return readMap(schema, node, dialect);
  return scalars.read(schema, node.value ?? '');
}

function readList(schema: NormalizedSchema, node: Node, dialect: 'query' | 'ec2'): unknown[] {
  const item = schema.getValueSchema();
  const flat = dialect === 'ec2' || Boolean(schema.getMergedTraits().xmlFlattened);
  const itemName = item.getMergedTraits().xmlName;
  const holder = flat ? node : node.children.get(typeof itemName === 'string' ? itemName : 'member');
  return inOrder(holder).map((child) => readValue(item, child, dialect));
}

function readMap(schema: NormalizedSchema, node: Node, dialect: 'query' | 'ec2'): Record<string, unknown> {
  const holder = schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry');
  const entries = inOrder(holder).map((entry) => {
    const value = entry.children.get('value') ?? { children: new Map() };
    return [entry.children.get('key')?.value ?? '', readValue(schema.getValueSchema(), value, dialect)];
  });
  return Object.fromEntries(entries);
}

function inOrder(node: Node | undefined): Node[] {
  const numbered = [...(node?.children ?? [])].sort(([left], [right]) => Number(left) - Number(right));
  return numbered.map(([, child]) => child);
}
