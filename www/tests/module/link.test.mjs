/** Which addresses of documents the element follows, whatever an index holds: the command takes no unsafe ones, others may. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeLink } from '../../src/element/link.js';

const PAGE = 'https://site.example/docs/guide/';

test('addresses_that_lead_elsewhere_in_disguise_are_none', () => {
  for (const url of [
    'javascript:window.hurt=1',
    'JaVaScRiPt:window.hurt=1',
    ' \tjavascript:window.hurt=1',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://site.example/x',
    'file:///etc/passwd',
    '//evil.example/x',
    '/\\evil.example',
    '\\\\evil.example/x',
    'https://[',
    7,
    undefined,
  ]) {
    assert.equal(safeLink(/** @type {any} */ (url), PAGE), undefined, String(url));
  }
  assert.equal(safeLink('javascript:window.hurt=1', 'file:///notes/find.html'), undefined);
});

test('plain_addresses_are_followed_from_the_page', () => {
  for (const [url, expected] of [
    ['install.html#linux', `${PAGE}install.html#linux`],
    ['../api/', 'https://site.example/docs/api/'],
    ['/about', 'https://site.example/about'],
    ['?page=2', `${PAGE}?page=2`],
    ['https://other.example/x', 'https://other.example/x'],
    ['javascript%3Aalert(1)', `${PAGE}javascript%3Aalert(1)`],
  ]) {
    assert.equal(safeLink(url, PAGE), expected, url);
  }
  assert.equal(safeLink('a.md', 'file:///notes/find.html'), 'file:///notes/a.md');
});
