import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { appPaths, askedOf, pathsFor } from './paths.ts'
import type { HostileMail } from './corpus.ts'

const mail = (category: string, ...actions: string[]): HostileMail => ({ id: 'x', file: 'x.eml', category, actions })

it('knows every action of the corpus, and says which are to come', () => {
  const index = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/hostile/index.json'), 'utf8')) as {
    mails: HostileMail[]
  }
  const { paths, coming, unknown } = askedOf(index.mails)
  expect(unknown).toEqual([])
  expect(paths.get('view')?.size).toBeGreaterThan(200)
  expect(coming['reply']).toBeGreaterThan(100)
})

it('names what nobody here can do', () => {
  expect(askedOf([mail('script', 'view', 'teleport')]).unknown).toEqual(['teleport'])
})

it('leads a mail where it asks to go, where its category belongs, and where all go', () => {
  const paths = pathsFor(mail('nav', 'print'), false)
  for (const path of ['list', 'view', 'details', 'print', 'reload', 'window'] as const) expect(paths).toContain(path)
  expect(paths).not.toContain('source')
  expect(pathsFor(mail('script'), true)).toEqual(new Set(appPaths))
})
