/**
 * Draws the mark (an arched door whose panel is an envelope) into `public/icons/`. Run it after a change of the mark:
 * `node src/build/make-icons.ts`. The results are committed, a build does not run it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { encodePng } from './png.ts'

type Rgb = readonly [number, number, number]
type Point = readonly [number, number]

const green: Rgb = [0x17, 0x59, 0x45]
const sheet: Rgb = [0xfd, 0xfd, 0xfb]
/** The mark lives on a grid of 24. */
const flap: readonly Point[] = [
  [4, 12.4],
  [12, 18],
  [20, 12.4],
]
const flapWidth = 1.7

interface Icon {
  readonly name: string
  readonly size: number
  /** The share of the picture's side that the 24 units of the grid take. */
  readonly share: number
  readonly door: Rgb
  readonly cut: Rgb
  readonly ground: Rgb | null
  /** Corner radius of the ground, as a share of the side. */
  readonly corner: number
}

const icons: readonly Icon[] = [
  { name: 'postern-192', size: 192, share: 0.78, door: sheet, cut: green, ground: green, corner: 0.22 },
  { name: 'postern-512', size: 512, share: 0.78, door: sheet, cut: green, ground: green, corner: 0.22 },
  // a mask may take everything outside the middle 80 %; systems round the corners themselves
  { name: 'postern-maskable-512', size: 512, share: 0.62, door: sheet, cut: green, ground: green, corner: 0 },
  { name: 'apple-touch-180', size: 180, share: 0.74, door: sheet, cut: green, ground: green, corner: 0 },
]

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5.3" fill="#175945"/><g transform="translate(2.64 2.2) scale(.78)"><path fill="#fdfdfb" d="M4 22V10.6a8 8 0 0 1 16 0V22z"/><path fill="none" stroke="#175945" stroke-width="1.7" stroke-linejoin="round" d="M4 12.4l8 5.6 8-5.6"/></g></svg>\n`

const directory = resolve(import.meta.dirname, '../../public/icons')
mkdirSync(directory, { recursive: true })
writeFileSync(resolve(directory, 'postern.svg'), svg)
for (const icon of icons)
  writeFileSync(resolve(directory, `${icon.name}.png`), encodePng(icon.size, icon.size, draw(icon)))

/** Sixteen samples a pixel are enough for smooth edges at every size used. */
function draw(icon: Icon): Uint8Array {
  const pixels = new Uint8Array(icon.size * icon.size * 4)
  const samples = 4
  for (let y = 0; y < icon.size; y++) {
    for (let x = 0; x < icon.size; x++) {
      const sum = [0, 0, 0, 0]
      for (let i = 0; i < samples * samples; i++) {
        const colour = colourAt(
          icon,
          x + ((i % samples) + 0.5) / samples,
          y + (Math.floor(i / samples) + 0.5) / samples,
        )
        if (colour === null) continue
        colour.forEach((value, channel) => (sum[channel] = (sum[channel] ?? 0) + value))
        sum[3] = (sum[3] ?? 0) + 1
      }
      const [r = 0, g = 0, b = 0, hits = 0] = sum
      const alpha = (hits / (samples * samples)) * 255
      pixels.set(
        hits === 0 ? [0, 0, 0, 0] : [r / hits, g / hits, b / hits, alpha].map(Math.round),
        (y * icon.size + x) * 4,
      )
    }
  }
  return pixels
}

function colourAt(icon: Icon, px: number, py: number): Rgb | null {
  const scale = 24 / (icon.size * icon.share)
  const x = 12 + (px - icon.size / 2) * scale
  // the door's middle is a little below the grid's
  const y = 12.3 + (py - icon.size / 2) * scale
  if (isDoor(x, y)) return isFlap(x, y) ? icon.cut : icon.door
  return isInRounded(px, py, icon.size, icon.corner * icon.size) ? icon.ground : null
}

function isDoor(x: number, y: number): boolean {
  if (x < 4 || x > 20 || y > 22) return false
  return y >= 10.6 || Math.hypot(x - 12, y - 10.6) <= 8
}

function isFlap(x: number, y: number): boolean {
  return flap.slice(1).some((end, index) => distance([x, y], flap[index] ?? end, end) <= flapWidth / 2)
}

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2
  const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))
}

function isInRounded(x: number, y: number, size: number, radius: number): boolean {
  const dx = Math.max(radius - x, x - (size - radius), 0)
  const dy = Math.max(radius - y, y - (size - radius), 0)
  return Math.hypot(dx, dy) <= radius || radius === 0
}
