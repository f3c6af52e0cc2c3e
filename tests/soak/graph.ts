/** The samples of a soak as a picture: heaps and storage over time. */

export interface Sample {
  readonly seconds: number
  /** Bytes, as the two after it. */
  readonly page: number
  readonly workers: number
  readonly storage: number
  /** Event streams that are open at the server. */
  readonly streams: number
}

const [WIDTH, HEIGHT, EDGE] = [720, 260, 50]
const LINES = [
  ['page', '#1f6f5c'],
  ['workers', '#b4552d'],
  ['storage', '#4a5a8a'],
] as const

export function graph(samples: readonly Sample[]): string {
  const most = Math.max(...samples.flatMap(({ page, workers, storage }) => [page, workers, storage]), 1)
  const end = samples.at(-1)?.seconds ?? 1
  const x = (seconds: number): string => (EDGE + (seconds / end) * (WIDTH - 2 * EDGE)).toFixed(1)
  const y = (bytes: number): string => (HEIGHT - EDGE - (bytes / most) * (HEIGHT - 2 * EDGE)).toFixed(1)
  const lines = LINES.map(([name, colour], index) => {
    const points = samples.map((sample) => `${x(sample.seconds)},${y(sample[name])}`).join(' ')
    return (
      `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points}"/>` +
      `<text x="${String(EDGE + index * 110)}" y="20" fill="${colour}">${name}</text>`
    )
  })
  const axis = `<path d="M${String(EDGE)} ${String(EDGE)}V${String(HEIGHT - EDGE)}H${String(WIDTH - EDGE)}" fill="none" stroke="#888"/>`
  const words =
    `<text x="${String(EDGE - 4)}" y="${String(EDGE + 4)}" text-anchor="end">${(most / 1e6).toFixed(0)} MB</text>` +
    `<text x="${String(WIDTH - EDGE)}" y="${String(HEIGHT - EDGE + 18)}" text-anchor="end">${(end / 60).toFixed(0)} min</text>`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" font-family="sans-serif" font-size="12">` +
    `<rect width="100%" height="100%" fill="#fff"/>${axis}${words}${lines.join('')}</svg>\n`
  )
}
