/** What becomes of a light letter's colours on dark paper: grounds darken, ink lightens, what is dark already stays. */
import { contrast, toOklch, withLightness, type Rgb } from './colour.ts'

/** Text that could be read before can be read after (WCAG 2.2, 1.4.3). */
const READABLE = 4.5
/** Colours of a brand, as on a button: dark enough to stand on dark paper as they are. */
const BRAND_CHROMA = 0.08
const BRAND_LIGHTNESS = 0.72

/** A ground: white becomes the paper, greys below it stay apart from it. */
export function darkGround(ground: Rgb, paper: Rgb): Rgb {
  const { lightness, chroma } = toOklch(ground)
  if (lightness < 0.45 || (chroma > BRAND_CHROMA && lightness < BRAND_LIGHTNESS)) return ground
  const base = toOklch(paper).lightness
  // What was a little darker than the page becomes a little lighter than the paper, as dark interfaces raise things.
  return withLightness(ground, Math.min(0.5, base + (1 - lightness) * 0.7), lightness > 0.9 ? 0.35 : 0.7)
}

/** Lines around and between: as far from the paper as they were from the page. */
export function darkLine(line: Rgb, paper: Rgb): Rgb {
  const { lightness, chroma } = toOklch(line)
  if (chroma > BRAND_CHROMA && lightness < BRAND_LIGHTNESS) return line
  return withLightness(line, Math.min(0.75, toOklch(paper).lightness + (1 - lightness) * 0.55), 0.7)
}

/** Ink that stood on `ground` and stands on `darkened` now: never harder to read than 4.5, or than it was sent. */
export function darkInk(ink: Rgb, ground: Rgb, darkened: Rgb): Rgb {
  const before = contrast(ink, ground)
  const wanted = Math.min(before, READABLE)
  const isLightGround = toOklch(darkened).lightness > 0.6
  if (ground === darkened || isLightGround)
    return contrast(ink, darkened) >= wanted ? ink : nearest(ink, darkened, wanted)
  const { lightness, chroma } = toOklch(ink)
  // Already light: white on a coloured button stays white.
  if (lightness > 0.75 && contrast(ink, darkened) >= wanted) return ink
  // The stronger it stood out, the lighter it becomes: black to nearly white, grey to grey.
  const light = chroma > BRAND_CHROMA ? 0.78 : Math.max(0.62, 0.97 - lightness * 0.42)
  return nearest(withLightness(ink, light), darkened, wanted)
}

/** The next lightness at which it can be read. */
function nearest(ink: Rgb, ground: Rgb, wanted: number): Rgb {
  const up = toOklch(ground).lightness < 0.6
  let made = ink
  for (let { lightness } = toOklch(ink); contrast(made, ground) < wanted && lightness > 0.02 && lightness < 0.98;) {
    lightness += up ? 0.03 : -0.03
    made = withLightness(ink, lightness)
  }
  return made
}
