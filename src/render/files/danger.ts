/** What a file can do when it is opened on the reader's device: told before it is saved. */
import { readContent, type FileContent } from './content.ts'
import { readZipNames } from './zip-directory.ts'

export type Danger =
  | 'program'
  | 'script'
  /** Office documents that may hold programs. */
  | 'macros'
  | 'diskImage'
  | 'shortcut'
  | 'webPage'
  /** An archive with one of the above in it. */
  | 'archive'

const extensions: readonly (readonly [Danger, string])[] = [
  [
    'program',
    'exe com scr pif msi msp mst msix msixbundle appx appxbundle appinstaller application cpl dll ocx sys drv gadget msc chm hlp ' +
      'apk aab ipa app pkg mpkg deb rpm snap flatpak appimage run bin out elf jar jnlp xll xpi crx air',
  ],
  [
    'script',
    'js jse mjs cjs vb vbs vbe vbscript ws wsf wsh wsc sct hta bat cmd btm ps1 ps1xml ps2 psc1 psd1 psm1 msh mshxml sh bash zsh csh ksh fish command ' +
      'applescript scpt scptd action workflow terminal py pyc pyw pyz pl rb php lua tcl ahk au3 reg inf job ade adp mde mad maf mag mam maq mar mas mat mau mav maw',
  ],
  ['macros', 'docm dotm xlsm xltm xlam xlsb xlm xla pptm potm ppam ppsm sldm wll one onepkg iqy oqy rqy slk dqy pub'],
  ['diskImage', 'iso img ima vhd vhdx vmdk vdi dmg udf toast sparseimage sparsebundle'],
  [
    'shortcut',
    'lnk url website webloc inetloc fileloc desktop scf library-ms search-ms searchconnector-ms settingcontent-ms appref-ms rdp theme themepack diagcab mobileconfig',
  ],
  ['webPage', 'html htm xhtml xht shtml shtm mht mhtml svg svgz xsl xslt wml'],
]

const byExtension = new Map(extensions.flatMap(([danger, list]) => list.split(' ').map((one) => [one, danger])))

const byType = new Map<string, Danger>([
  ['text/html', 'webPage'],
  ['application/xhtml+xml', 'webPage'],
  ['image/svg+xml', 'webPage'],
  ['multipart/related', 'webPage'],
  ['application/x-mimearchive', 'webPage'],
  ['text/javascript', 'script'],
  ['application/javascript', 'script'],
  ['application/x-javascript', 'script'],
  ['application/ecmascript', 'script'],
  ['application/x-sh', 'script'],
  ['application/x-msdownload', 'program'],
  ['application/x-msdos-program', 'program'],
  ['application/x-executable', 'program'],
  ['application/java-archive', 'program'],
  ['application/x-iso9660-image', 'diskImage'],
  ['application/x-apple-diskimage', 'diskImage'],
  ['application/x-ms-shortcut', 'shortcut'],
])

/** What a program that opens files goes by: the last part of the name. Lower case, '' for a name without one. */
export function extensionOf(name: string): string {
  return /\.([^.\s/\\]{1,32})$/u.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** By the name that it would be saved under; by its type only where the name says nothing. */
export function dangerByName(name: string, type: string): Danger | null {
  const extension = extensionOf(name)
  if (extension !== '') return byExtension.get(extension) ?? null
  return byType.get(type.toLowerCase()) ?? null
}

const contentDangers: Partial<Record<FileContent, Danger>> = {
  program: 'program',
  script: 'script',
  shortcut: 'shortcut',
  diskImage: 'diskImage',
  webPage: 'webPage',
  svg: 'webPage',
}

/** The stream of every macro project in a document of before 2007, as its directory names it. */
const macroStream = '_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0'
const mostSearched = 67_108_864

async function holdsMacros(blob: Blob): Promise<boolean> {
  const bytes = await blob.slice(0, mostSearched).arrayBuffer()
  return new TextDecoder('latin1').decode(bytes).includes(macroStream)
}

/** By its bytes too, once they are here: a program under the name of a picture, macros in a document, an archive's files. */
export async function dangerOf(blob: Blob, name: string, type: string): Promise<Danger | null> {
  const named = dangerByName(name, type)
  if (named) return named
  const content = await readContent(blob)
  if (content === 'ole' && (await holdsMacros(blob))) return 'macros'
  if (content !== 'zip') return contentDangers[content] ?? null
  const names = await readZipNames(blob)
  if (names.some((inner) => /(?:^|\/)vbaProject\.bin$/i.test(inner))) return 'macros'
  // the files of a document are not files to its reader
  const isDocument = names.includes('[Content_Types].xml') || names[0] === 'mimetype'
  return !isDocument && names.some((inner) => dangerByName(inner, '')) ? 'archive' : null
}
