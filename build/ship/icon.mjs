// Draws the program's icon: a spanner's open jaw over a line that rises, on the workshop's teal. Points and distances only, so that every size
// is sharp, and the same bytes on every machine.
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const sizes = [16, 24, 32, 48, 64, 128, 256];
const teal = [11, 107, 120];
const white = [255, 255, 255];
const samples = 4;

/** Distance of a point from the line between two others, all in the unit square. */
function fromLine([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Colour at a point of the unit square; null outside the rounded plate. */
function colourAt(x, y) {
  const corner = 0.2;
  const [cx, cy] = [Math.max(corner - x, x - (1 - corner), 0), Math.max(corner - y, y - (1 - corner), 0)];
  if (Math.hypot(cx, cy) > corner) return null;
  const handle = fromLine([x, y], [0.24, 0.76], [0.58, 0.42]) < 0.075;
  const head = Math.hypot(x - 0.65, y - 0.35) < 0.19;
  const jaw = fromLine([x, y], [0.67, 0.33], [0.9, 0.1]) < 0.085;
  return (handle || head) && !jaw ? white : teal;
}

function pixels(size) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0, 0];
      for (let index = 0; index < samples * samples; index += 1) {
        const at = (start, step) => (start + (step + 0.5) / samples) / size;
        const colour = colourAt(at(column, index % samples), at(row, Math.floor(index / samples)));
        if (colour !== null)
          for (let part = 0; part < 4; part += 1) sum[part] += part < 3 ? colour[part] : 255;
      }
      const covered = sum[3] / 255;
      const start = row * (size * 4 + 1) + 1 + column * 4;
      for (let part = 0; part < 3; part += 1)
        rows[start + part] = covered === 0 ? 0 : Math.round(sum[part] / covered);
      rows[start + 3] = Math.round(sum[3] / (samples * samples));
    }
  return rows;
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** The icon as a PNG of `size` pixels a side. */
export function iconPng(size) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels(size), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The icon in all the sizes in which Windows shows it. */
export function iconIco() {
  const pictures = sizes.map(iconPng);
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  for (const [index, size] of sizes.entries()) {
    const entry = 6 + 16 * index;
    head.set([size % 256, size % 256, 0, 0], entry);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(pictures[index].length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += pictures[index].length;
  }
  return Buffer.concat([head, ...pictures]);
}

/** Writes `icon.ico` and `icon.png` into the folder where electron-builder looks for them. */
export function drawIcons(folder) {
  writeFileSync(`${folder}/icon.ico`, iconIco());
  writeFileSync(`${folder}/icon.png`, iconPng(512));
}
