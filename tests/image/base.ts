/**
 * Base images out of this machine's own programs, for where no registry can be reached: the Dockerfile takes any base
 * that has what it names.
 */
import { cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { homedir } from 'node:os'
import { output, type Buildah } from './buildah.ts'

/** What `deploy/image/postern` and the Dockerfile's health check call, and Caddy. */
const RUNTIME_PROGRAMS = ['sh', 'tr', 'cut', 'cksum', 'wget', 'caddy']
/** What npm's scripts and native modules ask for. */
const BUILD_PROGRAMS = ['sh', 'env', 'uname']
const BUILD_LIBRARIES = ['libstdc++.so.6', 'libgcc_s.so.1', 'libm.so.6', 'libdl.so.2', 'libpthread.so.0', 'librt.so.1']

export function runtimeBase(buildah: Buildah): string {
  return buildah.commitTree('localhost/runtime-base', (root) => {
    linkDirectories(root)
    for (const name of RUNTIME_PROGRAMS) addProgram(root, which(name))
  })
}

/** This process's Node with the machine's npm, and the machine's npm settings: its registry may be a near one. */
export function buildBase(buildah: Buildah): string {
  const certificates = process.env['NODE_EXTRA_CA_CERTS']
  const env = certificates ? { NODE_EXTRA_CA_CERTS: certificates } : undefined
  const fill = (root: string): void => {
    linkDirectories(root)
    for (const name of BUILD_PROGRAMS) addProgram(root, which(name))
    addProgram(root, process.execPath, '/usr/local/bin/node')
    const loader = output('ldconfig', ['-p'])
    for (const name of BUILD_LIBRARIES) {
      const path = loader.split('\n').find((line) => line.trim().startsWith(`${name} `))
      if (path) addFile(root, path.replace(/^.* => /, ''))
    }
    // …/npm/bin/npm-cli.js
    const npm = dirname(dirname(realpathSync(which('npm'))))
    cpSync(npm, join(root, 'usr/local/lib/npm'), { recursive: true, dereference: true })
    symlinkSync('/usr/local/lib/npm/bin/npm-cli.js', join(root, 'usr/local/bin/npm'))
    cpSync('/etc/ssl', join(root, 'etc/ssl'), { recursive: true, dereference: true })
    const settings = join(homedir(), '.npmrc')
    mkdirSync(join(root, 'root'), { recursive: true })
    if (existsSync(settings)) cpSync(settings, join(root, 'root/.npmrc'))
    mkdirSync(join(root, 'tmp'))
    writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
  }
  return buildah.commitTree('localhost/build-base', fill, env)
}

/** As Debian has them; relative, so that what is copied stays inside the tree. */
function linkDirectories(root: string): void {
  for (const name of ['bin', 'lib', 'lib64']) {
    mkdirSync(join(root, 'usr', name), { recursive: true })
    symlinkSync(`usr/${name}`, join(root, name))
  }
}

function addProgram(root: string, path: string, as = path): void {
  addFile(root, path, as)
  const libraries = output('ldd', [path]).matchAll(/(?:=> )?(\/\S+) \(0x/g)
  for (const [, library = ''] of libraries) addFile(root, library)
}

/** What a link leads to stands where the link stood. */
function addFile(root: string, path: string, as = path): void {
  mkdirSync(join(root, dirname(as)), { recursive: true })
  cpSync(realpathSync(path), join(root, as), { dereference: true })
}

function which(name: string): string {
  return output('which', [name]).trim()
}
