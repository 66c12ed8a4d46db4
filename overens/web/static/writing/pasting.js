// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Makes plain text of what is pasted from Word or a page: paragraphs with a blank line between, lists as "- ".
(function () {
  'use strict'
  const SKIPPED = new Set(['STYLE', 'SCRIPT', 'TITLE', 'META', 'LINK', 'XML', 'NOSCRIPT', 'TEMPLATE'])
  const BLOCKS = new Set(['P', 'DIV', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'BLOCKQUOTE', 'SECTION', 'ARTICLE', 'PRE', 'TABLE', 'UL', 'OL', 'DL', 'DT', 'DD', 'TR'])
  // Longer than this is put in at once, without a step for each to undo.
  const LONG = 20000
  const LARGE = 20 * 1024 * 1024

  function style (node) {
    return node.getAttribute ? node.getAttribute('style') || '' : ''
  }

  function isItem (node) {
    return node.tagName === 'LI' || /mso-list:\s*l\d/i.test(style(node)) || /MsoListParagraph|MsoListBullet/i.test(node.className || '')
  }

  function plain (html) {
    const body = new DOMParser().parseFromString(html, 'text/html').body
    const lines = []
    let line = ''
    let item = false
    function end () {
      const text = line.replace(/[ \u00a0]+/g, ' ').trim()
      if (text) lines.push({ text: item ? '- ' + text.replace(/^[•·◦▪‣○●■–*-]\s+/, '') : text, item })
      line = ''
    }
    function walk (node) {
      if (node.nodeType === Node.TEXT_NODE) {
        line += node.nodeValue.replace(/[\s\u00a0]+/g, ' ')
        return
      }
      if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName)) return
      // The bullet that Word writes out beside its own lists.
      if (/mso-list:\s*ignore/i.test(style(node))) return
      if (node.tagName === 'BR') {
        const was = item
        end()
        item = was
        return
      }
      const starts = isItem(node)
      const block = starts || BLOCKS.has(node.tagName)
      if (block) end()
      const was = item
      if (block) item = starts || (was && !node.tagName.startsWith('H'))
      node.childNodes.forEach(walk)
      if (node.tagName === 'TD' || node.tagName === 'TH') line += '\u0009'
      if (block) {
        end()
        item = was
      }
    }
    walk(body)
    end()
    return lines.map(function (each, number) {
      if (number === 0) return each.text
      return (each.item && lines[number - 1].item ? '\n' : '\n\n') + each.text
    }).join('')
  }

  document.addEventListener('paste', function (event) {
    const area = event.target
    if (!(area instanceof HTMLTextAreaElement) || !area.classList.contains('prose-field')) return
    const html = event.clipboardData.getData('text/html')
    if (!html || html.length > LARGE) return
    const text = plain(html)
    if (!text) return
    event.preventDefault()
    // The old command is the only one that a reader can undo.
    if (text.length > LONG || !document.execCommand('insertText', false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
      area.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const form = area.closest('form')
    const status = form && form.querySelector('[data-saved-at]')
    const page = document.getElementById('writing')
    if (status && page) status.textContent = page.dataset.pasted
  })
})()
