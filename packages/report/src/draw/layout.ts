import type ElkConstructor from 'elkjs/lib/elk.bundled.js';
import type { ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs/lib/elk.bundled.js';
import type { Box, Drawing, Frame } from '../model/drawing.ts';
import { shortened, widthOf } from '../text/visible.ts';
import { boxKey, type Edge, edgesOf } from './directions.ts';
import { boxSize, frameTexts, lengths, rowMiddle } from './sizes.ts';

export type Point = { readonly x: number; readonly y: number };
export type Area = Point & { readonly width: number; readonly height: number };

/** Where everything of a drawing is, in pixels from its upper left corner. */
export type Placed = {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly { readonly frame: Frame; readonly area: Area }[];
  readonly boxes: readonly { readonly box: Box; readonly frame: Frame; readonly area: Area }[];
  readonly endpoint: { readonly label: string; readonly area: Area } | undefined;
  /** The points of each edge, from the client to the server. */
  readonly edges: readonly { readonly edge: Edge; readonly points: readonly Point[] }[];
};

const spacing = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '22',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '10',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '11',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '30',
  'elk.layered.considerModelOrder.strategy': 'PREFER_NODES',
} as const;

/** Places a drawing by the layered algorithm of ELK, with connections from left to right. Equal input, equal places. */
export async function placed(drawing: Drawing): Promise<Placed> {
  // It is large, and loaded where something is drawn. The package is CommonJS, and its types say otherwise.
  const { default: Elk } = (await import('elkjs/lib/elk.bundled.js')) as unknown as typeof ElkConstructor;
  const edges = edgesOf(drawing);
  const reached = new Set(edges.filter(({ back }) => !back).map(({ to }) => boxKey(to)));
  const callers = drawing.frames.filter(({ boxes }) => boxes.every(({ key }) => !reached.has(key)));
  const graph = await new Elk().layout({
    id: 'root',
    layoutOptions: { ...spacing, 'elk.padding': '[top=8,left=8,bottom=18,right=18]' },
    children: [
      ...drawing.frames.map((frame) => frameNode(frame, callers.includes(frame) ? callers : [frame])),
      ...(drawing.endpoint ? [endpointNode(drawing.endpoint)] : []),
    ],
    edges: edges.map(elkEdge),
  });
  return read(graph, { drawing, edges });
}

function padding(top: number, sides: number): string {
  return `[top=${top},left=${sides},bottom=${sides},right=${sides}]`;
}

/** A frame is as wide as those that it stands above or below. */
function frameNode(frame: Frame, alike: readonly Frame[]): ElkNode {
  const [, subtitle] = frameTexts(frame);
  const width = Math.max(...alike.flatMap(({ boxes }) => boxes.map((box) => boxSize(box).width)));
  const least = Math.max(...alike.map(headWidth));
  return {
    id: frame.key,
    layoutOptions: {
      'elk.padding': padding(subtitle === '' ? lengths.frameHead - 16 : lengths.frameHead, 18),
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${least},80)`,
    },
    children: frame.boxes.map((box) => {
      const size = { ...boxSize(box), width };
      return {
        id: box.key,
        ...size,
        layoutOptions: fixed,
        ports: box.rows.flatMap(({ key }, index) => ports(key, { ...size, y: rowMiddle(index) })),
      };
    }),
  };
}

function headWidth(frame: Frame): number {
  const [title, subtitle] = frameTexts(frame);
  return Math.ceil(Math.max(widthOf(title, 14) * 1.08, widthOf(subtitle, 12)) + 32);
}

const fixed = { 'elk.portConstraints': 'FIXED_POS' } as const;

function ports(key: string, { width, y }: { readonly width: number; readonly y: number }): ElkPort[] {
  const at = (side: 'WEST' | 'EAST', x: number) => ({
    id: `${key}.${side}`,
    x,
    y,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side },
  });
  return [at('WEST', 0), at('EAST', width)];
}

function endpointNode({ key, label }: NonNullable<Drawing['endpoint']>): ElkNode {
  const size = { width: Math.ceil(Math.max(120, widthOf(endpointText(label), 12) + 24)), height: 54 };
  return { id: key, ...size, layoutOptions: fixed, ports: ports(key, { ...size, y: size.height / 2 }) };
}

export function endpointText(label: string): string {
  return shortened(label, 34);
}

function elkEdge({ key, from, to, back }: Edge): ElkExtendedEdge {
  const [left, right] = back ? [to, from] : [from, to];
  return { id: key, sources: [`${left}.EAST`], targets: [`${right}.WEST`] };
}

function read(
  graph: ElkNode,
  { drawing, edges }: { readonly drawing: Drawing; readonly edges: readonly Edge[] },
): Placed {
  const areas = new Map<string, Area>();
  const visit = (node: ElkNode, origin: Point) => {
    const { x = 0, y = 0, width = 0, height = 0 } = node;
    const area = { x: origin.x + x, y: origin.y + y, width, height };
    areas.set(node.id, area);
    for (const child of node.children ?? []) visit(child, area);
  };
  visit(graph, { x: 0, y: 0 });
  const area = (key: string): Area => areas.get(key) ?? { x: 0, y: 0, width: 0, height: 0 };
  const routed = new Map((graph.edges ?? []).map((edge) => [edge.id, pointsOf(edge, area)]));
  const { frames, endpoint } = drawing;
  return {
    width: graph.width ?? 0,
    height: graph.height ?? 0,
    frames: frames.map((frame) => ({ frame, area: area(frame.key) })),
    boxes: frames.flatMap((frame) => frame.boxes.map((box) => ({ box, frame, area: area(box.key) }))),
    endpoint: endpoint && { label: endpoint.label, area: area(endpoint.key) },
    edges: edges.map((edge) => {
      const points = routed.get(edge.key) ?? [];
      return { edge, points: edge.back ? points.toReversed() : points };
    }),
  };
}

/** The places of an edge count from the node that ELK names its container. */
function pointsOf(edge: ElkExtendedEdge, area: (key: string) => Area): readonly Point[] {
  const { container = 'root' } = edge as ElkExtendedEdge & { readonly container?: string };
  const { x, y } = area(container);
  return (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) =>
    straight([startPoint, ...bendPoints, endPoint].map((point) => ({ x: x + point.x, y: y + point.y }))),
  );
}

/** Where an edge enters a frame it may be off by a pixel or two: its ends count, and the bends beside them follow. */
function straight(points: readonly Point[]): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  const level = (point: Point, to: Point | undefined) =>
    to !== undefined && Math.abs(point.y - to.y) < 4 ? { x: point.x, y: to.y } : point;
  return points.map((point, index) => {
    if (index > 0 && index < 3 && index < points.length - 2) return level(point, first);
    return index > 0 && index >= points.length - 3 && index < points.length - 1
      ? level(level(point, last), first)
      : point;
  });
}
