import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";

/** Draws `media/icon.png`: a gauge that reads from green to red, its needle in the green. `tsx scripts/icon.ts`. */
const SIZE = 256;
const SAMPLES = 4;

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
const NONE: Colour = [0, 0, 0, 0];
const GROUND: Colour = [16, 34, 46, 255];
const WHITE: Colour = [236, 243, 246, 255];
const SCALE: readonly Colour[] = [
  [63, 185, 124, 255],
  [63, 185, 124, 255],
  [232, 186, 62, 255],
  [219, 84, 72, 255],
];

writeFileSync(fileURLToPath(new URL("../media/icon.png", import.meta.url)), png(SIZE, pixels()));

function pixels(): Uint8Array {
  const bytes = new Uint8Array(SIZE * SIZE * 4);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const sum = [0, 0, 0, 0];
      for (let s = 0; s < SAMPLES * SAMPLES; s++) {
        const [r, g, b, a] = colourAt(x + ((s % SAMPLES) + 0.5) / SAMPLES, y + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES);
        for (const [i, part] of [r * a, g * a, b * a, a].entries()) sum[i] = (sum[i] as number) + part;
      }
      const [r, g, b, a] = sum as [number, number, number, number];
      const at = (y * SIZE + x) * 4;
      if (a > 0) bytes.set([Math.round(r / a), Math.round(g / a), Math.round(b / a), Math.round(a / SAMPLES ** 2)], at);
    }
  }
  return bytes;
}

function colourAt(x: number, y: number): Colour {
  if (!insideRounded(x, y, 8, 52)) return NONE;
  const dx = x - 128;
  const dy = y - 152;
  const distance = Math.hypot(dx, dy);
  // 0 at the left end of the gauge, 1 at the right.
  const turn = (Math.atan2(dy, dx) / Math.PI + 1.15) % 2;
  const along = turn / 1.3;
  if (distance < 16) return WHITE;
  if (isNeedle(dx, dy)) return WHITE;
  if (along <= 1 && distance > 74 && distance < 100) {
    const part = along * SCALE.length;
    if (part % 1 > 0.03 && part % 1 < 0.97) return SCALE[Math.floor(part)] ?? NONE;
  }
  return GROUND;
}

function isNeedle(dx: number, dy: number): boolean {
  const angle = Math.PI * (0.85 + 1.3 * 0.32);
  const forward = dx * Math.cos(angle) + dy * Math.sin(angle);
  const aside = Math.abs(-dx * Math.sin(angle) + dy * Math.cos(angle));
  return forward > 0 && forward < 90 && aside < 8 * (1 - forward / 100);
}

function insideRounded(x: number, y: number, margin: number, radius: number): boolean {
  const cx = Math.max(margin + radius, Math.min(SIZE - margin - radius, x));
  const cy = Math.max(margin + radius, Math.min(SIZE - margin - radius, y));
  return Math.hypot(x - cx, y - cy) <= radius;
}

function png(size: number, rgba: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) rows.set(rgba.subarray(y * size * 4, (y + 1) * size * 4), y * (size * 4 + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const result = Buffer.alloc(body.length + 8);
  result.writeUInt32BE(data.length, 0);
  result.set(body, 4);
  result.writeUInt32BE(crc32(body), body.length + 4);
  return result;
}
