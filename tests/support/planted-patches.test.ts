import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyPatch } from './apply-patch.ts'

const ROOT = join(import.meta.dirname, '..', '..')

// The runs that look for the bugs take minutes; that the source under one of them has moved on is told at once.
test.each(['converge', 'simulate'])('every bug of %s can be planted', (suite) => {
  const folder = join(ROOT, 'tests', suite, 'planted')
  const patches = readdirSync(folder).filter((file) => file.endsWith('.patch'))
  expect(patches.length).toBeGreaterThan(5)
  for (const file of patches) {
    const planted = applyPatch(readFileSync(join(folder, file), 'utf8'), (path) =>
      readFileSync(join(ROOT, path), 'utf8'),
    )
    expect([...planted], file).not.toHaveLength(0)
  }
})
