/** The pictures that letters carry, painted by formulas. Each is made once, when it is first asked for. */
import { encodePng } from '../../../src/build/png.ts'
import { encodeJpeg, padJpeg, type Painter } from './jpeg.ts'

function once(make: () => Uint8Array): () => Uint8Array {
  let made: Uint8Array | undefined
  return () => (made ??= make())
}

/** Grain that does not repeat to the eye and is the same in every run. */
function grain(x: number, y: number): number {
  const value = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453
  return value - Math.floor(value) - 0.5
}

const hall: Painter = (x, y) => {
  const noise = grain(x, y) * 10
  if (y > 430) {
    const plank = (x + (y - 430) * 0.6) % 90 < 3 ? -30 : 0
    return [164 + noise + plank, 128 + noise + plank, 88 + noise + plank]
  }
  const column = x % 160
  if (y > 90 && y < 330 && column > 40 && column < 120) {
    const bar = Math.abs(column - 80) < 3 || Math.abs(y - 200) < 3
    return bar ? [210, 206, 196] : [236 + noise, 244 + noise, 250 + noise]
  }
  if (y > 385 && y < 402 && x > 110 && x < 690) return [112 + noise, 78 + noise, 48 + noise]
  return [188 + noise - y / 20, 206 + noise - y / 20, 196 + noise - y / 20]
}

const coast: Painter = (x, y) => {
  const noise = grain(x, y) * 8
  const ridge = 230 + 40 * Math.sin(x / 90) + 18 * Math.sin(x / 23)
  if (y > 420) return [38 + noise, 88 + noise + (y - 420) / 8, 120 + noise + (y - 420) / 5]
  if (y > ridge) return [92 + noise, 112 + noise - (y - ridge) / 8, 74 + noise]
  return [252 - y / 6 + noise, 196 + y / 12 + noise, 150 + y / 5 + noise]
}

const roof: Painter = (x, y) => {
  const noise = grain(x, y) * 14
  const beam = (x + y * 0.5) % 120 < 26
  return beam ? [150 + noise, 110 + noise, 66 + noise] : [70 + noise, 60 + noise + y / 14, 52 + noise + y / 10]
}

/** Paints the same picture on fewer pixels. */
function smaller(paint: Painter, factor: number): Painter {
  return (x, y) => paint(x * factor, y * factor)
}

/** `hall-from-the-door.jpg`, of the size that a phone would have made. */
export const hallJpeg = once(() => padJpeg(encodeJpeg(560, 424, smaller(hall, 1.42), 2), 2_098_144))
export const coastJpeg = once(() => encodeJpeg(480, 336, smaller(coast, 1.66), 2))
export const roofJpeg = once(() => encodeJpeg(400, 304, smaller(roof, 1.6), 2))

/** A small sign for signatures and letterheads: an arch in the given colour. */
export function signPng(red: number, green: number, blue: number): () => Uint8Array {
  return once(() => {
    const size = 48
    const pixels = new Uint8Array(size * size * 4)
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const inside = y > 24 ? x > 8 && x < 40 && y < 42 : Math.hypot(x - 24, y - 24) < 16
        pixels.set(inside ? [red, green, blue, 255] : [0, 0, 0, 0], (y * size + x) * 4)
      }
    }
    return new Uint8Array(encodePng(size, size, pixels))
  })
}

/** The chart of an energy bill: one bar a month. */
export const barsPng = once(() => {
  const [width, height] = [360, 120]
  const pixels = new Uint8Array(width * height * 4).fill(255)
  for (let month = 0; month < 12; month++) {
    const bar = 62 + Math.round(40 * Math.cos((month / 12) * 2 * Math.PI))
    for (let y = height - bar; y < height - 8; y++) {
      for (let x = month * 30 + 5; x < month * 30 + 25; x++) pixels.set([22, 110, 150, 255], (y * width + x) * 4)
    }
  }
  return new Uint8Array(encodePng(width, height, pixels))
})
