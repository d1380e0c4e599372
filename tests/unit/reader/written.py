"""Acts as one line of text, so that a table can say what is to be understood.

`add another(headwrap; yellow, x2)`: the target before the semicolon, the values behind it. A
`Set` is `set(...)`, one that says a change `change(...)`. Values stand as they are; only what
could be mistaken has its name: `x2`, `age 5`, `line 2`, `option 3`, `name tote`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dukani.domain import acts as a


def written(acts: Sequence[a.Act]) -> str:
    """The acts, without for whom they are: `test_wearers_said.py` reads that."""
    told = [act for act in acts if not isinstance(act, a.SetWearer)]
    return " + ".join(_act(act) for act in told or [a.Remark()])


def _act(act: a.Act) -> str:
    match act:
        case a.Unclear() | a.Remark() | a.Thanks():
            return "nothing()"  # whichever it is, nothing comes of it
        case a.Add():
            name = "put back" if act.back else "add another" if act.another else "add"
            return f"{name}({_both(act.target, act.values)})"
        case a.Set():
            return f"{'change' if act.change else 'set'}({_both(act.target, act.values)})"
        case a.ChangeQuantity():
            how = f"times {act.times}" if act.times else f"{act.by:+d}"
            return f"more({_target(act.target)}; {how})"
        case a.Remove():
            count = f"; {act.quantity}" if act.quantity else ""
            return f"remove({_target(act.target)}{count})"
        case a.Substitute():
            return f"swap({_target(act.target)} > {_both(act.piece, act.values)})"
        case a.Split():
            parts = " / ".join(_values(part) for part in act.parts)
            return f"split({_target(act.target)}; {parts})"
        case a.AskStock():
            return f"ask_stock({_both(act.target, act.values)})"
        case a.AskPrice(without=True):
            return f"ask_sum(without {_target(act.target)})"
        case a.AskPrice(quantity=quantity, besides=besides) if quantity or besides:
            said = (_target(act.target), quantity and f"x{quantity}", besides and "besides")
            return f"ask_sum({', '.join(one for one in said if one)})"
        case a.AskPrice() | a.AskSize():
            return f"{act.kind}({_target(act.target)})"
        case a.TellSize():
            return f"tell_size({_told(act)})"
    return f"{act.kind}({', '.join(_fields(act))})"


def _told(act: a.TellSize) -> str:
    said = [
        _target(act.target),
        act.size,
        act.fit,
        "before" if act.before else None,
        *(f"{one.measure} {one.cm:g}" for one in act.measures),
        act.whose,
    ]
    return ", ".join(one for one in said if one)


def _both(target: a.Target, values: a.Values) -> str:
    return f"{_target(target)}; {_values(values)}".strip()


def _target(target: a.Target) -> str:
    said = [
        target.line and f"line {target.line}",
        target.option and f"option {target.option}",
        target.name and f"name {target.name}",
        target.category,
        target.colour,
        target.size,
        target.pattern and f"of {target.pattern}",
        target.pointed,
        target.scope if target.scope != "one" else None,
        target.but and f"but {_target(target.but)}",
    ]
    return ", ".join(one for one in said if one)


def _values(values: a.Values) -> str:
    said = [
        values.colour,
        values.size,
        None if values.quantity is None else f"x{values.quantity}",
        None if values.age is None else f"age {values.age}",
        values.exclude_colour and f"not {values.exclude_colour}",
        values.exclude_size and f"not {values.exclude_size}",
    ]
    return ", ".join(one for one in said if one)


def _fields(act: a.Act) -> Iterator[str]:
    for name, value in act.model_dump(exclude={"kind"}, exclude_defaults=True).items():
        yield name if value is True else f"{name} {value}"
