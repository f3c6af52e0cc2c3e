import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import svelte from 'eslint-plugin-svelte'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

const htmlSinks = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc', 'setHTMLUnsafe'].map((property) => ({
  selector: `MemberExpression[property.name='${property}']`,
  message: `${property} belongs to src/render/ alone: everywhere else text is set as text.`,
}))

const staticStyle = {
  selector: "SvelteAttribute[key.name='style']",
  message: "A style attribute in a template is refused by style-src 'self': use a class, or style:property={value}.",
}

export default defineConfig(
  globalIgnores(['dist', 'node_modules', 'test-results', 'coverage', '.tmp', 'tests/bench/floor', 'public']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.serviceworker, ...globals.node },
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
    },
  },
  { files: ['src/**/*.svelte'], rules: { 'max-lines': ['error', { max: 250 }], 'svelte/no-at-html-tags': 'error' } },
  {
    files: ['src/**/*.{ts,svelte}'],
    ignores: ['src/render/**'],
    rules: { 'no-restricted-syntax': ['error', ...htmlSinks, staticStyle] },
  },
  { files: ['src/platform/logger.ts', 'demo/**', 'tests/**', 'src/build/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.test.ts', 'tests/**/*.ts', '**/*.contract.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  // Last, so that no rule above asks for types of a file that has none.
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [ts.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-confusing-void-expression': 'off' },
  },
)
