import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyPatch } from './apply-patch.ts'
import { patchesIn } from './planted-run.ts'

const ROOT = join(import.meta.dirname, '..', '..')

// The runs that look for the bugs take minutes; that the source under one of them has moved on is told at once.
test.each(['converge', 'simulate'])('every bug of %s can be planted', (suite) => {
  const patches = patchesIn(join(ROOT, 'tests', suite, 'planted'))
  expect(patches.length).toBeGreaterThan(5)
  for (const [name, file] of patches) {
    const planted = applyPatch(readFileSync(file, 'utf8'), (path) => readFileSync(join(ROOT, path), 'utf8'))
    expect([...planted], name).not.toHaveLength(0)
  }
})
