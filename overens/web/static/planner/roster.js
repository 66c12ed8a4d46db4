// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The rota's board: a shift is dragged from cell to cell, or picked and dropped with the keyboard. While it is held, the
// cells that it may go to are marked, and what would break is said. The server decides; without this the form below the
// board does the same.
(function () {
  'use strict'
  const NEAR = 5 // pixels that are no drag yet
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }
  let held = null // { cell, looked }: what is held, and what the server has said of where it may go
  let pressed = null // where a pointer went down

  function board () { return document.getElementById('board') }
  function cellOf (target) { return target instanceof Element ? target.closest('.roster-cell') : null }
  function tell (text) { document.getElementById('board-told').textContent = text }

  function place (cell) { // its row and column among the cells
    return [cell.parentElement.sectionRowIndex, Array.from(cell.parentElement.querySelectorAll('.roster-cell')).indexOf(cell)]
  }

  function cellAt (row, column) {
    const rows = document.querySelectorAll('#board-grid tbody tr')
    return rows[row] ? rows[row].querySelectorAll('.roster-cell')[column] : null
  }

  function focus (cell) {
    document.querySelectorAll('.roster-cell[tabindex="0"]').forEach(function (each) { each.tabIndex = -1 })
    cell.tabIndex = 0
    cell.focus()
  }

  function name (cell) {
    const column = place(cell)[1]
    const day = document.querySelectorAll('#board-grid .roster-day')[column]
    return cell.parentElement.querySelector('th').textContent + ', ' + day.dataset.label
  }

  function pick (cell) {
    release()
    if (!cell.dataset.shift) return tell(cell.matches('.is-given') ? board().dataset.locked : board().dataset.off)
    cell.classList.add('is-picked')
    held = { cell, looked: {} }
    tell(cell.dataset.shift + ', ' + name(cell) + '. ' + board().dataset.picked)
    const at = board().dataset
    const asked = new URLSearchParams({ fran: at.from, at: cell.dataset.at, vecka: at.week, veckor: at.weeks })
    const mine = held
    fetch(at.look + '?' + asked, { headers: { Accept: 'application/json' } }).then(function (answer) {
      return answer.json()
    }).then(function (said) {
      if (held !== mine) return
      if (said.refused) return tell(said.refused.join(' '))
      mine.looked = said.cells
      Object.entries(said.cells).forEach(function ([id, wrong]) {
        const other = document.getElementById(id)
        if (other) other.classList.add(wrong.length ? 'is-not' : 'is-ok')
      })
      if (mine.over) hover(mine.over)
    }).catch(function () {}) // it is only not marked then: the server looks again when it is dropped
  }

  function hover (cell) {
    if (!held) return
    held.over = cell
    const wrong = held.looked[cell.id]
    if (cell === held.cell) return
    const said = board().dataset
    tell(name(cell) + ': ' + (wrong === undefined ? said.later : wrong.length ? wrong.join(' ') : said.may))
  }

  function release () {
    document.querySelectorAll('.is-picked, .is-ok, .is-not').forEach(function (each) {
      each.classList.remove('is-picked', 'is-ok', 'is-not')
    })
    held = null
  }

  function send (values, id) {
    const at = board().dataset
    const frame = document.querySelector('.roster-frame')
    const seen = [frame.scrollLeft, frame.scrollTop]
    const note = document.getElementById('board-note') // what is typed there is shown again
    if (note) values.note = note.value
    window.htmx.ajax('POST', at.post, { source: board(), values: Object.assign({ fran: at.from }, values) }).then(function () {
      const now = document.querySelector('.roster-frame')
      now.scrollTo(seen[0], seen[1])
      const cell = document.getElementById(id)
      if (cell) focus(cell)
      tell((cell ? name(cell) + ', ' + (cell.dataset.shift || board().dataset.free) + '. ' : '') + board().dataset.verdict)
    })
  }

  function drop (cell) {
    if (!held || cell === held.cell) return release()
    const giver = held.cell.dataset.at
    release()
    send({ do: 'move', giver, taker: cell.dataset.at }, cell.id)
  }

  document.addEventListener('keydown', function (event) {
    const cell = cellOf(event.target)
    if (!cell || !board().hasAttribute('data-open') || event.altKey) return
    if (event.ctrlKey || event.metaKey) {
      const key = event.key.toLowerCase()
      const back = key === 'z' && !event.shiftKey
      const button = document.querySelector('#board button[value="' + (back ? 'undo' : 'redo') + '"]:enabled')
      if (!button || !(back || key === 'y' || key === 'z')) return
      event.preventDefault()
      return send({ do: button.value }, cell.id)
    }
    const step = STEPS[event.key]
    if (step) {
      const [row, column] = place(cell)
      const next = cellAt(row + step[0], column + step[1])
      if (next) { focus(next); hover(next) }
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (held) drop(cell)
      else pick(cell)
    } else if (event.key === 'Escape') {
      release()
      tell('')
    } else if (event.key === 'Delete' && cell.dataset.shift) {
      send({ do: 'put', at: cell.dataset.at, shift: '' }, cell.id)
    } else return
    event.preventDefault()
  })

  document.addEventListener('pointerdown', function (event) {
    const cell = cellOf(event.target)
    // A finger moves the page; it picks and drops by tapping.
    if (!cell || event.button || event.pointerType === 'touch' || !board().hasAttribute('data-open') || !cell.dataset.shift) return
    pressed = { cell, x: event.clientX, y: event.clientY }
  })
  document.addEventListener('pointermove', function (event) {
    if (!pressed) return
    if (!held && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > NEAR) pick(pressed.cell)
    const over = cellOf(document.elementFromPoint(event.clientX, event.clientY))
    if (held && over && over !== held.over) hover(over)
    if (held) event.preventDefault()
  })
  document.addEventListener('pointerup', function (event) {
    if (!pressed) return
    const was = pressed
    pressed = null
    if (!held) return focus(was.cell)
    const over = cellOf(document.elementFromPoint(event.clientX, event.clientY))
    if (over) drop(over)
    else release()
  })
  document.addEventListener('click', function (event) {
    const cell = cellOf(event.target)
    if (!cell || event.pointerType !== 'touch' || !board().hasAttribute('data-open')) return
    if (held) drop(cell)
    else pick(cell)
  })
  document.addEventListener('pointercancel', function () { pressed = null; release() })
  document.addEventListener('selectstart', function (event) { if (pressed) event.preventDefault() })

  function begin () {
    if (!board() || !board().hasAttribute('data-open')) return
    const grid = document.getElementById('board-grid')
    if (grid.getAttribute('role') === 'grid') return
    grid.setAttribute('role', 'grid')
    grid.querySelectorAll('.roster-cell').forEach(function (cell, number) {
      cell.setAttribute('role', 'gridcell')
      cell.tabIndex = number ? -1 : 0
    })
  }
  begin()
  document.addEventListener('htmx:load', begin)
})()
