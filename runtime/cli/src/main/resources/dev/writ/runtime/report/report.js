(function () {
  'use strict';
  var data = JSON.parse(document.getElementById('data').textContent);
  var OUTCOMES = ['failed', 'passed', 'skipped'];
  var byId = function (id) { return document.getElementById(id); };
  var filter = byId('filter'), features = byId('features'), shownLine = byId('shown');
  var drawn = [];

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = text;
    if (className) made.className = className;
    return made;
  }
  function add(parent) {
    for (var i = 1; i < arguments.length; i++) if (arguments[i]) parent.appendChild(arguments[i]);
    return parent;
  }
  function count(number, word) { return number + ' ' + word + (number === 1 ? '' : 's'); }
  function mark(word, className) { return element('span', word, 'mark ' + (className || word)); }

  /* A place is a link where the page has the line. */
  function place(file, line) {
    var at = data.sources.findIndex(function (source) { return source.file === file; });
    var words = file + ':' + line;
    if (at < 0) return element('span', words, 'at');
    var link = element('a', words, 'at');
    link.href = '#s' + at + '-' + line;
    return link;
  }
  function of(location) { return location ? place(location.file, location.line) : null; }
  /* Text of which lines may begin with a place. */
  function placed(text, className) {
    var pre = element('pre', undefined, className);
    text.split('\n').forEach(function (line, index) {
      if (index) pre.appendChild(document.createTextNode('\n'));
      var found = /^(\s*)(.+?):(\d+)(:\d+: .*)$/.exec(line);
      var known = found && data.sources.some(function (source) { return source.file === found[2]; });
      if (!known) { pre.appendChild(document.createTextNode(line)); return; }
      var link = place(found[2], Number(found[3]));
      link.className = '';
      add(pre, document.createTextNode(found[1]), link, document.createTextNode(found[4]));
    });
    return pre;
  }
  function details(summary, className, fill, open) {
    var made = element('details', undefined, className), filled = false;
    function once() {
      if (filled) return;
      filled = true;
      fill(add(made, element('div', undefined, 'inside')).lastChild);
    }
    made.appendChild(summary);
    made.unfold = function () { once(); made.open = true; };
    made.addEventListener('toggle', function () { if (made.open) once(); });
    if (open) made.unfold();
    return made;
  }

  function calls(scenario) {
    var judges = [], frame = element('div', undefined, 'frame'), table = element('table', undefined, 'verdicts');
    scenario.calls.forEach(function (call) {
      call.verdicts.forEach(function (verdict) { if (judges.indexOf(verdict.judge) < 0) judges.push(verdict.judge); });
    });
    var head = element('tr');
    ['call', 'expected'].concat(judges).forEach(function (name) {
      var th = element('th', name);
      th.scope = 'col';
      head.appendChild(th);
    });
    var body = element('tbody');
    scenario.calls.forEach(function (call) {
      var tr = element('tr', undefined, call.met ? '' : 'unmet'), first = element('td');
      add(first, document.createTextNode(call.call), of(call.location));
      if (call.decider) first.appendChild(add(element('div', 'decided at', 'faint'), of(call.decider)));
      first.dataset.of = '';
      tr.appendChild(first);
      [['expected', call.expected]].concat(judges.map(function (judge) {
        var said = call.verdicts.find(function (verdict) { return verdict.judge === judge; });
        return [judge, said ? said.says : ''];
      })).forEach(function (cell) {
        var td = element('td', cell[1]);
        td.dataset.of = cell[0];
        tr.appendChild(td);
      });
      body.appendChild(tr);
    });
    add(table, add(element('thead'), head), body);
    return add(frame, table);
  }
  function scenario(one) {
    var summary = element('summary');
    add(summary, mark(one.outcome), one.kind === 'judges-disagree' ? mark('the judges disagree', 'apart') : null,
      document.createTextNode(one.name));
    one.tags.forEach(function (tag) { summary.appendChild(element('span', tag, 'tag')); });
    summary.appendChild(of(one.location));
    return details(summary, 'scenario', function (inside) {
      if (one.failure) {
        var line = add(element('p'), of(one.failure.location));
        add(inside, line, one.failure.step ? element('div', one.failure.step, 'code') : null, placed(one.failure.message, 'wraps'));
      }
      if (one.outcome === 'skipped') inside.appendChild(element('p', 'None of the judges that its tags ask for was chosen.', 'faint'));
      if (one.calls.length) inside.appendChild(calls(one));
    }, one.outcome === 'failed');
  }
  function text(one) {
    if (one.text === undefined) {
      one.text = [one.feature, one.rule || '', one.name, one.tags.join(' '), one.location.file + ':' + one.location.line, one.kind || '',
        one.failure ? one.failure.message : ''].concat(one.calls.map(function (call) {
          return call.call + ' ' + call.verdicts.map(function (verdict) { return verdict.says; }).join(' ');
        })).join('\n').toLowerCase();
    }
    return one.text;
  }
  function wanted() {
    var words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    var outcomes = OUTCOMES.filter(function (outcome) { var box = byId('show-' + outcome); return !box || box.checked; });
    return data.scenarios.filter(function (one) {
      return outcomes.indexOf(one.outcome) >= 0 && words.every(function (word) { return text(one).indexOf(word) >= 0; });
    });
  }
  function draw() {
    var list = wanted(), groups = [];
    list.forEach(function (one) {
      var last = groups[groups.length - 1];
      if (!last || last.file !== one.location.file) groups.push(last = { file: one.location.file, name: one.feature, all: [] });
      last.all.push(one);
    });
    drawn = [];
    features.replaceChildren.apply(features, groups.map(function (group) {
      var failed = group.all.filter(function (one) { return one.outcome === 'failed'; }).length;
      var summary = add(element('summary'), mark(failed ? failed + ' failed' : count(group.all.length, 'scenario'), failed ? 'failed' : 'passed'),
        document.createTextNode(group.name + ' '), element('span', group.file, 'at faint'));
      var made = details(summary, 'feature', function (inside) {
        var rule = null;
        group.all.forEach(function (one) {
          if (one.rule !== rule) {
            rule = one.rule;
            if (rule) inside.appendChild(element('p', 'Rule: ' + rule, 'rule'));
          }
          inside.appendChild(scenario(one));
        });
      }, failed > 0 || groups.length <= 5 || filter.value !== '');
      drawn.push(made);
      return made;
    }));
    shownLine.textContent = list.length === data.scenarios.length ? count(list.length, 'scenario')
      : list.length + ' of ' + count(data.scenarios.length, 'scenario');
  }

  function finding(one) {
    return add(element('li'), mark(one.severity), element('code', one.id), document.createTextNode(' ' + one.message), of(one.location),
      one.help ? element('div', one.help, 'faint') : null);
  }
  function policy(one, index) {
    var summary = add(element('summary'), document.createTextNode(one.features.join(', ') + (one.target === 'envoy' ? '' : ' for ' + one.target) + ' '));
    if (one.errors) summary.appendChild(mark(count(one.errors, 'error'), 'error'));
    if (one.warnings) summary.appendChild(mark(count(one.warnings, 'warning'), 'warning'));
    if (one.difference) summary.appendChild(mark(one.difference.words, one.difference.equal ? 'passed' : 'warning'));
    return details(summary, 'policy', function (inside) {
      inside.appendChild(element('p', 'What the Background declares; rules and scenarios may declare more for themselves.', 'faint'));
      if (one.difference) add(inside, element('h3', 'Against ' + one.difference.base), placed(one.difference.text));
      inside.appendChild(element('h3', 'Findings'));
      if (one.diagnostics.length) {
        var list = element('ul', undefined, 'findings');
        one.diagnostics.forEach(function (found) { list.appendChild(finding(found)); });
        inside.appendChild(list);
      } else {
        inside.appendChild(element('p', 'None.', 'faint'));
      }
      var matrix = byId('access-' + index);
      if (matrix) {
        add(inside, element('h3', 'Who can call whom'), matrix);
        matrix.hidden = false;
      }
    }, data.policies.length === 1);
  }
  function mutant(one) {
    var inside = add(element('li'), mark(one.state, one.state === 'killed' ? 'killed' : one.state === 'survived' ? 'survived' : 'passed'),
      document.createTextNode(one.action + ' `' + one.rule + '`: ' + one.change), of(one.location));
    if (one.killedBy) inside.appendChild(element('div', 'told by ' + one.killedBy, 'faint'));
    if (one.reason) inside.appendChild(element('div', one.reason, 'faint'));
    if (one.scenario) {
      inside.appendChild(element('pre', one.scenario.text));
    }
    return inside;
  }
  function mutants() {
    var section = byId('mutants'), all = data.mutants.mutants;
    section.hidden = false;
    section.appendChild(element('p', data.mutants.score + ' %: ' + data.mutants.killed + ' of ' + count(data.mutants.counted, 'mutant') + ' told by the scenarios'));
    [['survived', 'Survivors: no scenario tells them', true], ['killed', 'Killed', false], ['', 'Equivalent: they decide every call as before', false]].forEach(function (kind) {
      var some = all.filter(function (one) { return kind[0] ? one.state === kind[0] : one.state !== 'survived' && one.state !== 'killed'; });
      if (!some.length) return;
      section.appendChild(details(element('summary', kind[1] + ' (' + some.length + ')'), '', function (inside) {
        var list = element('ul', undefined, 'findings');
        some.forEach(function (one) { list.appendChild(mutant(one)); });
        inside.appendChild(list);
      }, kind[2]));
    });
  }

  function source(one, index) {
    return details(add(element('summary'), element('span', one.file, 'code')), 'source', function (inside) {
      var table = element('table', undefined, 'lines');
      one.lines.forEach(function (line) {
        var tr = add(element('tr'), element('td', line[0] || '…'), element('td', line[1]));
        if (line[0]) tr.id = 's' + index + '-' + line[0];
        table.appendChild(tr);
      });
      add(inside, add(element('div', undefined, 'frame'), table));
    }, false);
  }
  function goTo() {
    var found = /^#s(\d+)-(\d+)$/.exec(location.hash);
    if (!found) return;
    var file = byId('sources').querySelectorAll('details')[Number(found[1])];
    if (!file) return;
    file.unfold();
    document.querySelectorAll('tr.here').forEach(function (tr) { tr.classList.remove('here'); });
    var line = byId(location.hash.slice(1));
    if (!line) return;
    line.classList.add('here');
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: 'center' });
  }
  function card(number, words) { byId('cards').appendChild(add(element('div', undefined, 'card'), element('b', String(number)), element('span', words))); }

  var sum = data.summary, verdict = byId('verdict');
  verdict.textContent = count(sum.scenarios, 'scenario') + ': ' + sum.passed + ' passed' + (sum.failed ? ', ' + sum.failed + ' failed' : '')
    + (sum.disagreements ? ' (the judges disagree on ' + sum.disagreements + ')' : '') + (sum.skipped ? ', ' + sum.skipped + ' skipped' : '');
  verdict.className = sum.failed ? 'bad' : 'good';
  document.title = (sum.failed ? sum.failed + ' failed' : 'passed') + ' · Policy tests';
  card(sum.passed, 'passed');
  card(sum.failed, 'failed');
  if (sum.skipped) card(sum.skipped, 'skipped');
  Object.keys(sum.verdicts).forEach(function (judge) { card(sum.verdicts[judge], 'verdicts of ' + judge); });
  sum.absent.forEach(function (judge) { card('—', judge.judge + ' did not judge: ' + judge.reason); });
  if (sum.coverage !== null) card(sum.coverage + ' %', 'of the policy tried');
  if (data.mutants) card(data.mutants.score + ' %', 'of the mutants told');
  OUTCOMES.forEach(function (outcome) {
    if (!data.scenarios.some(function (one) { return one.outcome === outcome; })) return;
    var label = element('label'), box = element('input');
    box.type = 'checkbox';
    box.id = 'show-' + outcome;
    box.checked = true;
    box.onchange = draw;
    add(byId('outcomes'), add(label, box, document.createTextNode(' ' + outcome)));
  });
  if (data.policies.length) byId('policies').hidden = false;
  data.policies.forEach(function (one, index) { byId('policies').appendChild(policy(one, index)); });
  var coverage = byId('coverage-page');
  if (coverage) {
    byId('coverage').hidden = false;
    byId('coverage').appendChild(coverage);
    coverage.hidden = false;
  }
  if (data.mutants) mutants();
  data.sources.forEach(function (one, index) { byId('sources').appendChild(source(one, index)); });
  document.querySelectorAll('main > section:not([hidden])').forEach(function (section) {
    var link = element('a', section.querySelector('h2').textContent);
    link.href = '#' + section.id;
    byId('contents').appendChild(link);
  });
  byId('tools').onsubmit = function () { return false; };
  byId('unfold').onclick = function () {
    drawn.forEach(function (one) {
      one.unfold();
      one.querySelectorAll('details').forEach(function (inner) { inner.unfold(); });
    });
  };
  document.addEventListener('keydown', function (event) {
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      filter.focus();
      filter.select();
    } else if (event.key === 'Escape' && document.activeElement === filter) {
      filter.value = '';
      draw();
    }
  });
  filter.value = new URLSearchParams(location.hash.slice(1)).get('filter') || '';
  filter.oninput = draw;
  document.addEventListener('click', function (event) {
    var link = event.target.closest('a');
    if (link && link.hash && link.hash === location.hash) goTo();
  });
  window.addEventListener('hashchange', goTo);
  draw();
  goTo();
})();
