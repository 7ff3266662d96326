import type { Point } from './layout.ts';

const radius = 7;

/** A path along points, its corners rounded. */
export function pathOf(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined) return `M${at(point)}`;
      if (after === undefined) return `L${at(point)}`;
      const [first, last] = [towards(point, before), towards(point, after)];
      return `L${at(first)}Q${at(point)} ${at(last)}`;
    })
    .join('');
}

/** The head of an arrow that ends where the points do. */
export function headOf(points: readonly Point[]): string {
  const [before, end] = points.slice(-2);
  if (before === undefined || end === undefined) return '';
  const level = Math.abs(end.x - before.x) >= Math.abs(end.y - before.y);
  const [dx, dy] = level ? [Math.sign(end.x - before.x), 0] : [0, Math.sign(end.y - before.y)];
  const foot = { x: end.x - 8 * dx, y: end.y - 8 * dy };
  const side = { x: 4.5 * dy, y: 4.5 * dx };
  return `M${at(end)}L${at({ x: foot.x + side.x, y: foot.y + side.y })}L${at({ x: foot.x - side.x, y: foot.y - side.y })}Z`;
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(radius, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
