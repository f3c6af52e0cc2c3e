// @vitest-environment node
import { expect, it } from 'vitest'
import { zipFile } from '../../ui/thread/tools/zip-file.ts'
import { dangerByName, dangerOf } from './danger.ts'

it.each([
  ['setup.EXE', '', 'program'],
  ['invoice.pdf.exe', 'application/pdf', 'program'],
  ['photo.jpg.js', 'image/jpeg', 'script'],
  ['budget.xlsm', '', 'macros'],
  ['disk.iso', '', 'diskImage'],
  ['Rechnung.pdf.lnk', '', 'shortcut'],
  ['page.html', '', 'webPage'],
  ['drawing.svg', 'image/png', 'webPage'],
  ['attachment', 'text/html', 'webPage'],
  ['attachment', 'constructor', null],
  ['constructor', '', null],
  ['x.constructor', '', null],
  ['report.pdf', 'text/html', null],
  ['notes.txt', 'text/plain', null],
])('%s of type "%s": %s', (name, type, expected) => {
  expect(dangerByName(name, type)).toBe(expected)
})

it('finds macros in a document of before 2007 by what its directory names', async () => {
  const head = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
  const stream = (name: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(name, 'utf16le'))
  const of = (name: string): Promise<unknown> =>
    dangerOf(new Blob([head, new Uint8Array(5_000), stream(name)]), 'letter.doc', 'application/msword')
  expect(await of('_VBA_PROJECT')).toBe('macros')
  expect(await of('WordDocument')).toBeNull()
})

async function zipOf(...names: readonly string[]): Promise<Blob> {
  return zipFile(
    names.map((name) => ({ name, blob: new Blob(['x']) })),
    new AbortController().signal,
  )
}

it.each([
  ['photo.png', new Blob(['MZ\0\0']), 'program'],
  ['letter.pdf', new Blob(['<!doctype html><script>']), 'webPage'],
  ['readme', new Blob(['#!/bin/sh']), 'script'],
  ['notes.txt', new Blob(['Hello']), null],
])('%s is judged by its bytes, too', async (name, blob, expected) => {
  expect(await dangerOf(blob, name, '')).toBe(expected)
})

it('looks into archives and documents without unpacking them', async () => {
  expect(await dangerOf(await zipOf('a.txt', 'folder/setup.exe'), 'files.zip', '')).toBe('archive')
  expect(await dangerOf(await zipOf('a.txt', 'b.pdf'), 'files.zip', '')).toBeNull()
  expect(await dangerOf(await zipOf('[Content_Types].xml', 'word/vbaProject.bin'), 'a.docx', '')).toBe('macros')
  expect(await dangerOf(await zipOf('[Content_Types].xml', 'word/media/printer.bin'), 'a.docx', '')).toBeNull()
  expect(await dangerOf(new Blob(['PK\x03\x04', 'PK\x05\x06', new Uint8Array(18).fill(255)]), 'a.zip', '')).toBeNull()
})
