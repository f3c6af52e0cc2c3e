// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { distinctNames, zipFile } from './zip-file.ts'

const never = new AbortController().signal

it('is an archive that another program reads, with names in any script and empty files', async () => {
  const large = new Uint8Array(2_500_000).map((_, index) => index % 251)
  const entries = [
    { name: 'Sitzplan für Oma.txt', blob: new Blob(['words\n']) },
    { name: 'empty', blob: new Blob([]) },
    { name: '写真.bin', blob: new Blob([large]) },
  ]
  const zip = await zipFile(entries, never)
  const path = join(mkdtempSync(join(tmpdir(), 'postern-zip-')), 'a.zip')
  writeFileSync(path, Buffer.from(await zip.arrayBuffer()))
  const script =
    'import sys,zipfile,json;z=zipfile.ZipFile(sys.argv[1]);print(json.dumps([[i.filename,i.file_size,z.testzip()] for i in z.infolist()]))'
  const listed: unknown = JSON.parse(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }))
  expect(listed).toEqual([
    ['Sitzplan für Oma.txt', 6, null],
    ['empty', 0, null],
    ['写真.bin', 2_500_000, null],
  ])
  expect(readFileSync(path).includes('words\n')).toBe(true)
})

it('stops when it is cancelled', async () => {
  await expect(zipFile([{ name: 'a', blob: new Blob(['x']) }], AbortSignal.abort())).rejects.toThrow(/abort/i)
})

it('gives every file a name of its own', () => {
  expect(distinctNames(['a.pdf', 'A.pdf', 'a.pdf', 'b', 'b', 'a (2).pdf'])).toEqual([
    'a.pdf',
    'A (2).pdf',
    'a (3).pdf',
    'b',
    'b (2)',
    'a (2) (2).pdf',
  ])
})
