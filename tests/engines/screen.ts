/** A screen without glass (Xvfb): a browser that is full screen on it is exactly as large, and it can be looked at. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodePng } from '../../src/build/png.ts'

const PROGRAM = '/usr/bin/Xvfb'

export const hasScreens = (): boolean => existsSync(PROGRAM)

export interface Screen {
  /** For the environment of a browser. */
  readonly display: string
  /** A PNG of what it shows now. */
  picture(): Uint8Array
  close(): void
}

/** The server picks a display that is free, and says which. */
export async function openScreen(width: number, height: number): Promise<Screen> {
  const directory = mkdtempSync(join(tmpdir(), 'screen-'))
  const size = `${String(width)}x${String(height)}x24`
  const args = ['-displayfd', '3', '-screen', '0', size, '-fbdir', directory, '-nolisten', 'tcp']
  const child = spawn(PROGRAM, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await new Promise<string>((resolve, reject) => {
    child.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()))
    child.once('exit', () => reject(new Error('no screen could be opened')))
  })
  return {
    display: `:${number}`,
    picture: () => toPng(readFileSync(join(directory, 'Xvfb_screen0'))),
    close: () => {
      child.kill()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The frame buffer is a file in the XWD format (X11/XWDFile.h): a header of 32-bit numbers, colours, and rows of BGRX. */
function toPng(dump: Buffer): Uint8Array {
  const field = (index: number): number => dump.readUInt32BE(index * 4)
  const [headerSize, width, height, lineSize, colours] = [field(0), field(4), field(5), field(12), field(19)]
  const pixels = dump.subarray(headerSize + colours * 12)
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [y * lineSize + x * 4, (y * width + x) * 4]
      rgba.set([pixels[from + 2] ?? 0, pixels[from + 1] ?? 0, pixels[from] ?? 0, 255], to)
    }
  }
  return encodePng(width, height, rgba)
}
