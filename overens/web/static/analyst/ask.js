// SPDX-FileCopyrightText: The Överens contributors
// SPDX-License-Identifier: EUPL-1.2
//
// A question about a report takes along the passage that is marked on the page. Without this it is pasted by hand.
const LONGEST = 1500;

function takeAlong(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-ask]") : null;
  if (!link) return;
  const marked = String(window.getSelection() ?? "").trim().slice(0, LONGEST);
  const address = new URL(link.href);
  if (marked) address.searchParams.set("quote", marked);
  else address.searchParams.delete("quote");
  link.href = address.href;
}

// Before the press on the link takes the mark away.
for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, takeAlong, { capture: true });
