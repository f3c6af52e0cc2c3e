/** The stones of the wall and of the arch, drawn by rule rather than kept as a picture: the same on every screen. */
const COURSE = 56
const WEDGES = 13

/** Courses of stone as one SVG path: joints at uneven but fixed distances, no two above each other. */
export function wallPath(width: number, height: number): string {
  const parts: string[] = []
  let seed = 7
  const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647
  for (let y = height; y > 0; y -= COURSE) {
    parts.push(`M0 ${String(y)}H${String(width)}`)
    for (let x = Math.round(next() * 120); x < width; x += 95 + Math.round(next() * 85)) {
      parts.push(`M${String(x)} ${String(y)}V${String(y - COURSE)}`)
    }
  }
  return parts.join('')
}

/** The joints between the wedge stones of a round arch of two radii, its centre at the bottom of the box. */
export function archPath(outer: number, inner: number): string {
  return Array.from({ length: WEDGES + 1 }, (_, index) => {
    const angle = (Math.PI * index) / WEDGES
    const at = (radius: number): string =>
      `${(outer - Math.cos(angle) * radius).toFixed(1)} ${(outer - Math.sin(angle) * radius).toFixed(1)}`
    return `M${at(inner)}L${at(outer)}`
  }).join('')
}
