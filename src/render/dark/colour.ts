/** Colours as a reader sees them: lightness and hue apart (OKLCH), and the contrast that WCAG 2 asks for. */

/** Channels from 0 to 255, alpha from 0 to 1. */
export interface Rgb {
  readonly r: number
  readonly g: number
  readonly b: number
  readonly a: number
}

/** Reads a CSS colour in any notation that the browser knows; null for what is none, or stands for another. */
export type ReadColour = (value: string) => Rgb | null

interface Oklch {
  readonly lightness: number
  readonly chroma: number
  readonly hue: number
}

export const white: Rgb = { r: 255, g: 255, b: 255, a: 1 }
export const black: Rgb = { r: 0, g: 0, b: 0, a: 1 }

type Canvas = Pick<CanvasRenderingContext2D, 'fillStyle' | 'clearRect' | 'fillRect' | 'getImageData'>

/** By a canvas, which refuses a value by keeping the one before: only what is taken twice was a colour. */
export function canvasColours(context: Canvas): ReadColour {
  const known = new Map<string, Rgb | null>()
  return (value) => {
    const cached = known.get(value)
    if (cached !== undefined) return cached
    const taken = ['#000', '#fff'].map((before) => {
      context.fillStyle = before
      context.fillStyle = value
      return context.fillStyle
    })
    const [text = ''] = taken
    const colour = taken[1] === text ? (serialised(text) ?? painted(context)) : null
    known.set(value, colour)
    return colour
  }
}

/** What a colour of another space (`oklch()`, `lab()`) looks like on the screen: canvases write those as they came. */
function painted(context: Canvas): Rgb {
  context.clearRect(0, 0, 1, 1)
  context.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data
  return { r, g, b, a: a / 255 }
}

/** As canvases and the CSSOM write sRGB: `#rrggbb`, `rgb()`, `rgba()`. */
export function serialised(text: string): Rgb | null {
  const hex = /^#([0-9a-f]{6})$/i.exec(text)?.[1]
  if (hex !== undefined) {
    const all = Number.parseInt(hex, 16)
    return { r: all >> 16, g: (all >> 8) & 255, b: all & 255, a: 1 }
  }
  const channels = /^rgba?\(([\d.]+), ?([\d.]+), ?([\d.]+)(?:, ?([\d.]+))?\)$/.exec(text)
  if (channels === null) return null
  const [r = 0, g = 0, b = 0, a = 1] = channels.slice(1).filter(Boolean).map(Number)
  return { r, g, b, a }
}

export function toText({ r, g, b }: Rgb): string {
  return `rgb(${[r, g, b].map(Math.round).join(', ')})`
}

/** `top` as it is seen over `under`. */
export function over(top: Rgb, under: Rgb): Rgb {
  const mix = (one: number, other: number): number => one * top.a + other * (1 - top.a)
  return { r: mix(top.r, under.r), g: mix(top.g, under.g), b: mix(top.b, under.b), a: 1 }
}

/** WCAG 2.2, "contrast ratio": 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** The same hue at another lightness (0 to 1), as colourful as the screen can show it there. */
export function withLightness(colour: Rgb, lightness: number, colourfulness = 1): Rgb {
  const { chroma, hue } = toOklch(colour)
  for (let share = colourfulness; share > 0.02; share *= 0.85) {
    const made = fromOklch({ lightness, chroma: chroma * share, hue })
    if (made !== null) return made
  }
  return fromOklch({ lightness, chroma: 0, hue }) ?? (lightness > 0.5 ? white : black)
}

export function toOklch({ r, g, b }: Rgb): Oklch {
  const [red, green, blue] = [linear(r), linear(g), linear(b)]
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const b2 = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
  return { lightness, chroma: Math.hypot(a, b2), hue: Math.atan2(b2, a) }
}

/** Null where the screen has no such colour. */
function fromOklch({ lightness, chroma, hue }: Oklch): Rgb | null {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  if (channels.some((channel) => channel < -0.001 || channel > 1.001)) return null
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => gamma(Math.min(1, Math.max(0, channel))) * 255)
  return { r: red, g: green, b: blue, a: 1 }
}

function luminance({ r, g, b }: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function gamma(share: number): number {
  return share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055
}
