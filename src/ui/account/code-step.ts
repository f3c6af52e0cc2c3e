/** What a sign-in shows where the server asks for a code: most do not. */
export { codeStep as words } from '../../i18n/en/code-step.ts'
export { default as CodeFields } from './CodeFields.svelte'
