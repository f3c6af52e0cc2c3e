/** image.size and image.start: what the container adds to its base, and how soon a start of it is healthy. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { allFiles } from '../../../src/build/served-files.ts'
import { ImageFiles } from '../../deploy/image.ts'
import { whyNoProgram } from '../../servers/program.ts'
import type { BenchContext } from '../context.ts'
import { absolute, couldNotRun, type Figure } from '../figure.ts'

export const IMAGE_FIGURES = ['image.size', 'image.start']

export async function imageFigures({ runs }: BenchContext): Promise<Figure[]> {
  const why = whyNoProgram('caddy')
  if (why !== undefined) return [couldNotRun('image.size', 'MB', 3, why), couldNotRun('image.start', 's', 1, why)]
  const image = new ImageFiles()
  // a layer is packed once more on its way to a registry: this is the larger of the two
  const bytes = allFiles(image.directory).reduce((sum, path) => sum + statSync(join(image.directory, path)).size, 0)
  const starts: number[] = []
  try {
    for (let run = 0; run < runs; run++) {
      const started = performance.now()
      const running = await image.start({ POSTERN_SERVERS: 'https://mail.example.com' })
      starts.push((performance.now() - started) / 1000)
      await running.stop()
    }
  } finally {
    image.remove()
  }
  return [
    absolute('image.size', 'MB', [bytes / 1e6], 3, 'the layer of the Dockerfile, unpacked'),
    absolute('image.start', 's', starts, 1, 'settings checked, Caddy up, /healthz answered'),
  ]
}
