// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// A table of counts: sums as one types, what is pasted from a spreadsheet put in its cells, and the columns of a split
// that was not chosen hidden. The server adds up, reads and decides the same without it
// (overens/rules/followup/count_cells.py).
(function () {
  const TERMS = ['vt', 'ht']
  const SEXES = ['women', 'men']

  function number (text) {
    const plain = text.replace(/[\s\u00a0\u2009\u202f]/g, '')
    return /^\d{1,6}$/.test(plain) ? Number(plain) : null
  }

  function name (cell) {
    return [cell.year, cell.term, cell.sex, cell.speciality].join('.')
  }

  function added (parts) {
    const known = parts.filter(function (part) { return part.number !== null })
    const sum = known.reduce(function (all, part) { return all + part.number }, 0)
    return {
      number: known.length ? sum : null,
      whole: parts.length > 0 && parts.every(function (part) { return part.whole })
    }
  }

  // What a cell comes to: as count_cells.total.
  function total (grid, cell) {
    const ways = []
    if (!cell.sex && grid.sexes) {
      ways.push(added(SEXES.map(function (sex) { return total(grid, { ...cell, sex }) })))
    }
    if (!cell.term && grid.terms) {
      ways.push(added(TERMS.map(function (term) { return total(grid, { ...cell, term }) })))
    }
    const whole = ways.find(function (way) { return way.whole })
    if (whole) return whole
    const own = grid.numbers.get(name(cell))
    if (own !== undefined) return { number: own, whole: true }
    if (!cell.speciality) {
      const there = new Set()
      grid.numbers.forEach(function (_number, key) {
        const [year, , , speciality] = key.split('.')
        if (year === cell.year && speciality) there.add(speciality)
      })
      const parts = added(Array.from(there, function (speciality) { return total(grid, { ...cell, speciality }) }))
      ways.push(parts)
      if (parts.whole) return parts
    }
    const known = ways.filter(function (way) { return way.number !== null })
    return { number: known.length ? Math.max(...known.map(function (way) { return way.number })) : null, whole: false }
  }

  function cells (form) {
    return Array.from(form.querySelectorAll('input.is-figure'))
  }

  function add (form) {
    const grid = { numbers: new Map(), sexes: false, terms: false }
    const onlyTotals = form.dataset.split === 'total'
    cells(form).forEach(function (input) {
      const [, term, sex] = input.name.split('.')
      if (term) grid.terms = true
      if (sex && !onlyTotals) grid.sexes = true
      const read = number(input.value)
      if (read !== null && !(sex && onlyTotals)) grid.numbers.set(input.name, read)
    })
    form.querySelectorAll('output[data-sum]').forEach(function (output) {
      const [year, term, sex, speciality] = output.dataset.sum.split('.')
      const sum = total(grid, { year, term, sex, speciality })
      output.textContent = sum.number === null ? '–' : sum.number.toLocaleString('sv-SE')
    })
  }

  // A block of cells goes to the right and down from where it is pasted; what does not fit is left.
  function paste (form, event) {
    const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n').replace(/\n$/, '')
    const first = event.target.closest('input.is-figure')
    if (!first || !/[\t\n]/.test(text)) return
    event.preventDefault()
    const rows = Array.from(first.closest('table').tBodies[0].rows).map(function (row) {
      return Array.from(row.querySelectorAll('input.is-figure')).filter(function (input) { return input.offsetParent })
    })
    const top = rows.findIndex(function (row) { return row.includes(first) })
    const left = rows[top].indexOf(first)
    text.split('\n').forEach(function (line, down) {
      line.split('\t').forEach(function (value, right) {
        const input = (rows[top + down] || [])[left + right]
        if (input) input.value = value.trim()
      })
    })
    add(form)
  }

  document.querySelectorAll('form[data-counts]').forEach(function (form) {
    form.addEventListener('input', function () { add(form) })
    form.addEventListener('paste', function (event) { paste(form, event) })
    form.addEventListener('change', function (event) {
      if (event.target.name === 'split') {
        form.dataset.split = event.target.value
        add(form)
      }
    })
    form.classList.add('is-live')
  })
})()
