(function (root) {
  'use strict';
  var data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  var MOST_COLUMNS = 60, MOST_ROWS = 120, FEW = 30;
  var SIGNS = { allow: '✓', 'shadow-deny': '!', some: '◐', deny: '·', unknown: '?', open: '○' };
  var table = root.querySelector('table'), detail = root.querySelector('.detail'), status = root.querySelector('.status');
  var inputs = { to: root.querySelector('input[name=to]'), from: root.querySelector('input[name=from]') };
  var open = { to: {}, from: {} }, limit = {};
  var rows = {};

  function cellsOf(group) {
    if (!rows[group]) {
      var all = new Uint32Array(data.callers.length), runs = data.groups[group].runs;
      for (var i = 0; i < runs.length; i += 3) all.fill(runs[i + 2], runs[i], runs[i + 1]);
      rows[group] = all;
    }
    return rows[group];
  }
  function word(callee, caller) {
    var group = data.groups[callee[2]];
    return group.transport === 'plaintext' ? 'open' : data.cells[cellsOf(callee[2])[caller]].word;
  }
  function passes(w) { return w !== 'deny' && w !== 'unknown'; }
  function spaces(list, filter) {
    var found = [], byName = {};
    list.forEach(function (one, index) {
      var text = (one[0] ? one[0] + '/' : '') + one[1] + ' ' + (one[3] || '');
      if (filter && text.toLowerCase().indexOf(filter) < 0) return;
      if (!byName.hasOwnProperty(one[0])) found.push(byName[one[0]] = { name: one[0], members: [] });
      byName[one[0]].members.push(index);
    });
    return found;
  }
  function element(name, text, className) {
    var made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }
  function isOpen(side, space, all, filter) {
    var set = open[side];
    return set.hasOwnProperty(space.name) ? set[space.name] : all <= FEW || !!filter && all <= 2 * FEW;
  }
  function toggle(side, space, is) {
    var button = element('button', (is ? '▾ ' : '▸ ') + (space.name || '(no namespace)') + ' (' + space.members.length + ')');
    button.type = 'button';
    button.setAttribute('aria-expanded', String(is));
    button.onclick = function () { open[side][space.name] = !is; render(); };
    return button;
  }
  function more(key, left) {
    var button = element('button', '+' + left + ' more');
    button.type = 'button';
    button.onclick = function () { limit[key] = (limit[key] || 0) + 1; render(); };
    return button;
  }
  function shown(side, space, most) {
    var key = side + ' ' + space.name, count = most * (1 + (limit[key] || 0));
    return { key: key, members: space.members.slice(0, count), left: Math.max(0, space.members.length - count) };
  }

  function render() {
    var filters = { to: inputs.to.value.trim().toLowerCase(), from: inputs.from.value.trim().toLowerCase() };
    var callees = spaces(data.callees, filters.to), callers = spaces(data.callers, filters.from);
    var calleeCount = count(callees), callerCount = count(callers);
    var columns = [], head = element('tr'), corner = element('th', 'called ↓   calling →');
    head.appendChild(corner);
    callers.forEach(function (space) {
      var is = isOpen('from', space, callerCount, filters.from), th = element('th', undefined, 'space up');
      th.scope = 'col';
      th.appendChild(toggle('from', space, is));
      head.appendChild(th);
      columns.push({ space: space, members: space.members });
      if (!is) return;
      var part = shown('from', space, MOST_COLUMNS);
      part.members.forEach(function (index) {
        var one = element('th', undefined, 'up');
        one.scope = 'col';
        one.title = data.callers[index][3] || '';
        one.appendChild(element('span', data.callers[index][1]));
        head.appendChild(one);
        columns.push({ space: space, members: [index], single: true });
      });
      if (part.left) {
        var rest = element('th', undefined, 'up');
        rest.appendChild(more(part.key, part.left));
        head.appendChild(rest);
        columns.push(null);
      }
    });
    var thead = element('thead'), body = element('tbody');
    thead.appendChild(head);
    var allowed = 0;
    callees.forEach(function (space) {
      var is = isOpen('to', space, calleeCount, filters.to);
      allowed += row(body, space, space.members, columns, toggle('to', space, is), true);
      if (!is) return;
      var part = shown('to', space, MOST_ROWS);
      part.members.forEach(function (index) {
        row(body, space, [index], columns, element('span', data.callees[index][1]), false);
      });
      if (part.left) {
        var tr = element('tr'), th = element('th', undefined, 'member');
        th.appendChild(more(part.key, part.left));
        tr.appendChild(th);
        body.appendChild(tr);
      }
    });
    var held = table.contains(document.activeElement) && document.activeElement.closest('td, th');
    var at = held && [held.parentElement.rowIndex, held.cellIndex];
    table.replaceChildren(thead, body);
    var again = at && table.rows[at[0]] && table.rows[at[0]].cells[at[1]];
    var stop = again && again.tagName === 'TD' ? again : table.querySelector('td');
    if (stop) stop.tabIndex = 0;
    if (again) (again.querySelector('button') || again).focus();
    status.textContent = callerCount + ' callers × ' + calleeCount + ' inbounds: ' + allowed + ' calls let through of ' + callerCount * calleeCount;
    root.dataset.cells = String(table.querySelectorAll('td').length);
  }
  function count(list) { return list.reduce(function (sum, space) { return sum + space.members.length; }, 0); }

  function row(body, space, members, columns, header, isSpace) {
    var tr = element('tr', undefined, isSpace ? 'space' : ''), th = element('th', undefined, isSpace ? '' : 'member'), sum = 0;
    th.scope = 'row';
    th.appendChild(header);
    tr.appendChild(th);
    columns.forEach(function (column) {
      if (!column) { tr.appendChild(element('td', '')); return; }
      var td;
      if (!isSpace && column.single) {
        var w = word(data.callees[members[0]], column.members[0]);
        td = element('td', SIGNS[w], w);
        td.what = { to: members[0], from: column.members[0] };
      } else {
        var through = 0, all = members.length * column.members.length;
        members.forEach(function (to) {
          column.members.forEach(function (from) { if (passes(word(data.callees[to], from))) through++; });
        });
        if (isSpace && !column.single) sum += through;
        td = element('td', through === 0 ? '·' : through + '/' + all, through === 0 ? '' : through === all ? 'allow' : 'some');
        td.what = { rows: space, columns: column, through: through, all: all, to: members.length === 1 && !isSpace ? members[0] : undefined };
      }
      td.tabIndex = -1;
      tr.appendChild(td);
    });
    body.appendChild(tr);
    return sum;
  }

  function line(label, text) {
    var p = element('p');
    p.appendChild(element('strong', label + ' '));
    p.appendChild(element('span', text));
    detail.appendChild(p);
  }
  function tell(td) {
    var what = td && td.what;
    if (!what) return;
    detail.replaceChildren();
    if (what.from !== undefined) {
      var callee = data.callees[what.to], caller = data.callers[what.from], cell = data.cells[cellsOf(callee[2])[what.from]];
      var w = word(callee, what.from);
      line(full(caller), '→ ' + full(callee));
      line(w === 'open' ? 'open' : cell.word, w === 'open' ? 'in plaintext, no rule is asked' : [cell.rule, cell.place, cell.request && 'e.g. ' + cell.request].filter(Boolean).join('  '));
      if (caller[3]) line('calls as', caller[3]);
    } else {
      line(what.columns.single ? full(data.callers[what.columns.members[0]]) : what.columns.space.name || '(no namespace)',
        '→ ' + (what.to === undefined ? what.rows.name || '(no namespace)' : full(data.callees[what.to])));
      line(what.through + ' of ' + what.all, 'calls are let through; Enter opens');
    }
    if (what.to !== undefined) {
      var group = data.groups[data.callees[what.to][2]];
      if (group.open) line('open', group.open);
      group.also.forEach(function (also) { line('also', also); });
    }
  }
  function full(one) { return (one[0] ? one[0] + '/' : '') + one[1]; }

  table.addEventListener('mouseover', function (event) { tell(event.target.closest('td')); });
  table.addEventListener('focusin', function (event) { tell(event.target.closest('td')); });
  table.addEventListener('keydown', function (event) {
    var td = event.target.closest('td');
    if (!td) return;
    var move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key], next;
    if (move) {
      var tr = table.rows[td.parentElement.rowIndex + move[0]];
      next = tr && tr.cells[td.cellIndex + move[1]];
      if (next && next.tagName === 'TD') {
        td.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      }
      event.preventDefault();
    } else if ((event.key === 'Enter' || event.key === ' ') && td.what && td.what.rows) {
      open.to[td.what.rows.name] = true;
      open.from[td.what.columns.space.name] = true;
      render();
      event.preventDefault();
    }
  });
  root.querySelector('button.fold').onclick = function () {
    open = { to: {}, from: {} };
    spaces(data.callees, '').forEach(function (space) { open.to[space.name] = false; });
    spaces(data.callers, '').forEach(function (space) { open.from[space.name] = false; });
    render();
  };
  ['to', 'from'].forEach(function (side) {
    inputs[side].value = new URLSearchParams(location.hash.slice(1)).get(side) || '';
    inputs[side].oninput = function () { open[side] = {}; render(); };
  });
  render();
})(document.currentScript.closest('.writ-access'));
