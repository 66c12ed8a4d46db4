// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Writing a passage of a report: what is chosen is put in at the cursor, a finding leads to its place in the text, and
// what was opened beside the text stays open when it is shown anew. Without this the same is written by hand.
(function () {
  'use strict'
  const area = document.getElementById('typed-text')
  if (!area) return
  const form = area.form
  const picking = document.getElementById('picking')
  const words = document.getElementById('pick-words')

  // The old command is the only one that a writer can undo.
  function put (text, start, end) {
    area.focus()
    area.setSelectionRange(start, end)
    if (!document.execCommand('insertText', false, text)) {
      area.setRangeText(text, start, end, 'end')
      area.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }

  // Before anybody has been in the text its end is the place. A table or figure stands alone in a paragraph.
  let been = false
  area.addEventListener('focus', function () { been = true })
  function insert (line, alone) {
    const [start, end] = been ? [area.selectionStart, area.selectionEnd] : [area.value.length, area.value.length]
    const before = area.value.slice(0, start)
    const after = area.value.slice(end)
    const lead = alone && before.trim() && !/\n\s*\n$/.test(before) ? (before.endsWith('\n') ? '\n' : '\n\n') : ''
    const tail = alone && after.trim() && !/^\s*\n\s*\n/.test(after) ? (after.startsWith('\n') ? '\n' : '\n\n') : ''
    put(lead + line + tail, start, end)
  }

  // Where something typed stands, in the paragraph that begins at a line (from 1), and not within a binding.
  function place (line, typed) {
    const lines = area.value.split('\n')
    const first = lines.slice(0, Math.max(0, line - 1)).join('\n').length + (line > 1 ? 1 : 0)
    const rest = area.value.slice(first)
    const blank = rest.search(/\n\s*\n/)
    const paragraph = rest.slice(0, blank < 0 ? rest.length : blank)
    const bare = typed.startsWith('{{') ? paragraph : paragraph.replace(/\{\{.*?\}\}/gs, function (all) { return ' '.repeat(all.length) })
    const word = /[\p{L}\p{N}]/u
    let at = typed ? bare.indexOf(typed) : -1
    while (at >= 0 && /^[\p{L}\p{N}]+$/u.test(typed) && (word.test(bare[at - 1] || ' ') || word.test(bare[at + typed.length] || ' '))) {
      at = bare.indexOf(typed, at + 1)
    }
    if (at >= 0) return [first + at, first + at + typed.length, true]
    return [first, first + (lines[line - 1] || '').length, false]
  }

  function show (start, end) {
    area.focus()
    area.setSelectionRange(start, end)
    area.scrollTop = area.scrollHeight * start / Math.max(1, area.value.length) - area.clientHeight / 2
    area.scrollIntoView({ block: 'nearest' })
  }

  document.addEventListener('click', function (event) {
    const button = event.target.closest('button[data-line], button[data-insert]')
    if (!button) return
    const said = button.dataset
    if (said.insert !== undefined) {
      insert(said.insert, said.alone !== undefined)
      picking.open = false
      return
    }
    const [start, end, found] = place(Number(said.line), said.typed || '')
    if (said.bind && found) put(said.bind, start, end)
    else show(start, end)
  })

  document.addEventListener('keydown', function (event) {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (command && event.key === 'k' && picking) {
      event.preventDefault()
      picking.open = true
      words.focus()
      words.select()
    } else if (command && event.key === 's' && form.dataset.part) {
      event.preventDefault()
      form.requestSubmit()
    } else if (event.key === 'Escape' && picking && picking.open && picking.contains(event.target)) {
      picking.open = false
      area.focus()
    }
  })

  // What is marked in the text is what a remark is about.
  document.addEventListener('toggle', function (event) {
    const quote = event.target.open && event.target.querySelector('[data-quotes]')
    if (quote && !quote.value && area.selectionStart !== area.selectionEnd) {
      quote.value = area.value.slice(area.selectionStart, area.selectionEnd)
    }
  }, true)

  const seen = document.getElementById('seen')
  let opened = []
  document.addEventListener('htmx:beforeSwap', function (event) {
    if (event.detail.target !== seen) return
    opened = Array.from(seen.querySelectorAll('details[open][id]'), function (each) { return each.id })
    seen.dataset.top = seen.querySelector('.passage__preview').scrollTop
  })
  document.addEventListener('htmx:afterSwap', function (event) {
    if (event.detail.target === seen) {
      opened.forEach(function (id) {
        const details = document.getElementById(id)
        if (details) details.open = true
      })
      seen.querySelector('.passage__preview').scrollTop = seen.dataset.top
    } else if (event.detail.target.id === 'picked') {
      const title = document.getElementById('chosen-title')
      const within = document.activeElement && event.detail.target.contains(document.activeElement)
      if (title && !within && document.activeElement !== words) title.focus()
    }
  })

  // The text is seen as it is typed: no need to ask.
  const look = form.querySelector('[data-look]')
  if (look && form.dataset.part) look.hidden = true
})()
