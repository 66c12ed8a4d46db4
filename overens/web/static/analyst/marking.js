// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// Takes what is selected in a text as the passage to mark. Places are counted in code points of the whole text, as the
// server counts them; without this script paragraphs and sentences are ticked instead.
(function () {
  function places (form) {
    const selection = document.getSelection()
    if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null
    const range = selection.getRangeAt(0)
    const bodies = Array.from(form.querySelectorAll('.codable__body'))
    const inside = bodies.filter(function (body) { return range.intersectsNode(body) })
    if (inside.length === 0) return null
    const ends = inside.map(function (body) { return within(body, range) }).filter(function (each) { return each.end > each.start })
    if (ends.length === 0) return null
    return { start: ends[0].start, end: ends[ends.length - 1].end, text: ends.map(function (each) { return each.text }).join('\n\n') }
  }

  // The part of one paragraph that is selected; the numbers of marks are no part of the text.
  function within (body, range) {
    let at = Number(body.dataset.start)
    let start = null
    let end = null
    let text = ''
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT, function (node) {
      return node.parentElement.closest('.mark-ref') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT
    })
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const whole = node.textContent
      let first = 0
      let last = whole.length
      if (!range.intersectsNode(node)) {
        last = 0
      } else {
        if (range.startContainer === node) first = range.startOffset
        if (range.endContainer === node) last = range.endOffset
      }
      if (last > first) {
        if (start === null) start = at + Array.from(whole.slice(0, first)).length
        end = at + Array.from(whole.slice(0, last)).length
        text += whole.slice(first, last)
      }
      at += Array.from(whole).length
    }
    return { start: start === null ? 0 : start, end: end === null ? 0 : end, text: text }
  }

  document.addEventListener('DOMContentLoaded', function () {
    const form = document.querySelector('[data-marking]')
    if (!form) return
    const shown = form.querySelector('[data-chosen]')
    const empty = form.querySelector('[data-none-chosen]')
    const clear = form.querySelector('[data-clear]')
    function choose (found) {
      form.elements.start.value = found ? found.start : ''
      form.elements.end.value = found ? found.end : ''
      shown.textContent = found ? found.text : ''
      shown.hidden = clear.hidden = !found
      empty.hidden = Boolean(found)
    }
    form.querySelectorAll('[data-with-script]').forEach(function (element) { element.hidden = false })
    function look () {
      const found = places(form)
      if (found) choose(found)
    }
    form.addEventListener('mouseup', function () { setTimeout(look) })
    form.addEventListener('keyup', function (event) { if (event.shiftKey || event.key === 'Shift') look() })
    clear.addEventListener('click', function () { choose(null) })
    form.addEventListener('change', function (event) { if (event.target.name === 'piece' && event.target.checked) choose(null) })
    const filter = form.querySelector('[data-theme-filter]')
    filter.addEventListener('input', function () {
      const wanted = filter.value.trim().toLocaleLowerCase()
      form.querySelectorAll('.theme-choices label').forEach(function (label) {
        label.hidden = !label.textContent.toLocaleLowerCase().includes(wanted) && !label.querySelector('input').checked
      })
    })
    filter.addEventListener('keydown', function (event) { if (event.key === 'Enter') event.preventDefault() })
  })
})()
