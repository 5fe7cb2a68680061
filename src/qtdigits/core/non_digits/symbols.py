"""How people draw signs and simple pictures; the notation is synthetic_pen.template's.

Left out, because a 1 looks like them: | / \\ ! , and ; wide forms keep ( ) [ ] apart from it.
"""

from __future__ import annotations

from typing import Final

from qtdigits.core.synthetic_pen.template import Template, template

TEMPLATES: Final[tuple[Template, ...]] = (
    template("plus", "two strokes", "0,50 100,49 / 50,0 50,100"),
    template("plus", "small bar", "20,50 80,50 / 50,0 49,100"),
    template("minus", "plain", "0,50 100,50"),
    template("minus", "wavy", "0,52 30,46 70,54 100,48"),
    template("equals", "plain", "0,30 90,29 / 0,62 90,61"),
    template("not equal", "plain", "0,34 90,33 / 0,66 90,65 / 70,0 20,100"),
    template("asterisk", "three strokes", "50,0 50,100 / 6,24 92,76 / 92,24 6,76"),
    template("asterisk", "four strokes", "50,0 50,100 / 0,50 100,50 / 14,14 86,86 / 86,14 14,86"),
    template("question mark", "plain", "4,22 10,4 36,0 56,16 48,36 30,50 28,72 / 28,92 29,97"),
    template("question mark", "round", "0,18 24,0 54,10 54,34 26,46 28,70 / 29,94 30,98"),
    template(
        "percent",
        "plain",
        "80,0 8,100 / 18,4 2,16 10,34 28,24 20,4 / 76,64 58,78 68,98 88,86 76,64",
    ),
    template(
        "ampersand", "plain", "88,94 50,60 20,24 24,4 46,2 50,20 30,42 4,70 12,96 44,94 80,52"
    ),
    template(
        "ampersand",
        "like an epsilon",
        "60,14 30,4 14,24 40,44! 10,56 10,90 50,98 66,70 / 40,40 38,104",
    ),
    template("hash", "plain", "30,0 20,100 / 70,0 60,100 / 0,34 92,32 / 0,68 90,66"),
    template(
        "at",
        "plain",
        "62,40 44,34 34,56 50,68 64,44! 66,66 84,60 90,30 60,2 20,14 2,56 24,94 70,98",
    ),
    template("bracket (", "plain", "38,0 10,24 2,50 12,78 40,100"),
    template("bracket )", "plain", "2,0 30,24 38,50 28,78 0,100"),
    template("bracket {", "plain", "40,0 20,8 22,36 2,50! 22,62 20,92 42,100"),
    template("bracket }", "plain", "2,0 22,8 20,36 42,50! 20,62 22,92 0,100"),
    template("bracket [", "plain", "50,0 4,1! 4,99! 50,100"),
    template("bracket ]", "plain", "0,0 46,1! 46,99! 0,100"),
    template("less", "plain", "80,6 2,50! 80,94"),
    template("greater", "plain", "0,10 80,50! 0,90"),
    template("caret", "plain", "0,56 44,0! 88,56"),
    template("caret", "tall", "0,84 44,0! 88,84"),
    template("tilde", "plain", "0,60 22,36 48,50 72,64 98,38"),
    template("double quote", "plain", "10,0 8,40 / 40,0 38,40"),
    template("colon", "plain", "10,10 11,12 / 10,70 11,72"),
    template("ellipsis", "plain", "0,0 2,2 / 40,2 42,3 / 80,0 82,2"),
    template(
        "euro", "plain", "80,14 52,0 22,20 14,52 28,88 56,100 82,88 / 0,40 60,38 / 0,60 56,58"
    ),
    template("dollar", "plain", "64,20 36,8 10,22 24,44 56,58 64,80 36,94 6,82 / 36,-10 35,112"),
    template("pound", "plain", "70,16 50,0 30,14 32,60 24,92 4,98! 40,94 76,100 / 8,52 58,50"),
    template("arrow", "to the right", "0,50 100,50 / 68,22 100,50! 68,78"),
    template("arrow", "to the left", "100,50 0,50 / 32,22 0,50! 32,78"),
    template("arrow", "up", "50,100 50,0 / 18,34 50,0! 82,34"),
    template("arrow", "down", "50,0 50,100 / 18,66 50,100! 82,66"),
    template("check mark", "plain", "0,58 24,96! 84,0"),
    template("check mark", "round", "0,62 12,70 26,98! 50,50 92,2"),
    template("cross out", "plain", "4,4 90,92 / 92,2 0,96"),
    template("heart", "one stroke", "50,26 34,2 6,8 4,40 50,100! 96,40 92,8 66,2 50,26"),
    template("star", "five points", "18,100 50,0! 82,100! 0,36! 100,36! 18,100"),
    template("triangle", "plain", "50,0! 100,92! 0,92! 50,0"),
    template("triangle", "on its head", "0,4! 100,4! 50,96! 0,4"),
    template("house", "plain", "0,100! 0,44! 50,0! 100,44! 100,100! 0,100"),
    template("square crossed", "plain", "0,0! 90,0! 90,90! 0,90! 0,0 / 2,2 88,88 / 88,2 2,88"),
    template("flag", "plain", "4,100 4,0! 76,20! 4,44"),
    template(
        "face",
        "plain",
        "50,0 12,16 0,54 20,92 56,100 92,78 98,36 70,6 50,0"
        " / 32,34 33,38 / 66,34 67,38 / 26,64 50,80 76,62",
    ),
    template("fish", "plain", "100,10 60,60 20,70 0,46 22,22 60,34 100,84! 92,46 100,10"),
    template("infinity", "plain", "50,50 24,28 2,50 24,72 50,50 76,28 98,50 76,72 50,50"),
    template("alpha", "plain", "90,10 62,60 28,84 2,54 24,22 58,46 92,88"),
    template("omega", "plain", "0,98 26,96! 4,50 44,0 84,50 62,96! 90,98"),
    template("pi", "plain", "0,10 90,4 / 30,8 20,98 / 64,8 62,80 76,96"),
    template("sigma", "plain", "70,4 2,2! 40,48! 0,98! 74,96"),
    template("delta", "with a tail", "0,96! 46,4! 92,96! 0,96"),
    template("divide", "plain", "0,50 96,50 / 48,14 49,17 / 48,84 49,87"),
    template("root", "plain", "0,60 14,52! 30,98! 52,4! 120,4"),
    template(
        "clef",
        "plain",
        "40,60 30,50 46,42 60,60 40,76 14,60 30,34 54,10 42,-6 34,20 46,90 36,108 22,98",
    ),
    template("tree", "plain", "40,60! 0,60! 40,0! 80,60! 44,60! 44,100"),
    template("moon", "plain", "30,0 70,20 76,70 30,100! 52,66 50,30 30,0"),
    template("lambda", "plain", "10,0 26,6 66,100 / 36,40 0,100"),
    template("two bars", "upright", "4,0 3,100 / 44,0 43,100"),
    template("three bars", "upright", "4,0 3,100 / 44,0 43,100 / 84,0 83,100"),
    template("three bars", "lying", "0,4 90,3 / 0,48 90,47 / 0,92 90,91"),
)
