import { one } from '../numbers.ts'

/** Files and pictures that came with a letter. */
export const files = {
  picture: (name: string) => `Picture ${name}`,
  pictureAbsent: (name: string) => `The picture ${name} is not on this device yet.`,

  attachments: (count: number, size: string) => `${one(count, 'attachment', 'attachments')}, ${size}`,
  attachmentList: 'Attachments',
  download: (name: string, type: string, size: string) => `Download ${name}, ${type}, ${size}`,
  downloadNamed: (name: string) => `Download ${name}`,
  preview: (name: string, type: string, size: string) => `Show ${name}, ${type}, ${size}`,
  saveAll: 'Save all',
  cancel: (name: string) => `Cancel the download of ${name}`,
  downloading: (received: string, size: string) => `${received} of ${size}`,
  downloaded: (name: string) => `${name} is saved`,
  downloadFailed: (problem: string) =>
    problem === 'offline'
      ? 'Not saved: you are offline.'
      : problem === 'gone'
        ? 'No longer on the server.'
        : 'Not saved. Try again.',
  file: 'file',
}
