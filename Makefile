# Everything here needs only make and a Python 3.11 to 3.13: the environment makes itself.
#   make run    make test    make test-faults    make lint    make measure    make lock    make clean
#   make fuzz    make soak
#   make package    make package-folder    make test-package    make measure-package

# A Python that really runs (a version manager's shim may exist and not run) starts the
# bootstrap, which then chooses the one to build the environment with. PYTHON=... overrules both.
export PYTHON
ARGS ?=
DATA ?= ../shared/data
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3 python
BOOTSTRAP = for name in $(CANDIDATES); do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1 \
	&& exec "$$name" -B packaging/bootstrap.py \
	$(1); done; echo 'qtdigits needs Python 3.11, 3.12 or 3.13 and found none that runs:' \
	'please install one.' >&2; exit 1

.PHONY: help run test test-faults fuzz soak lint measure lock clean
.PHONY: install uninstall
.PHONY: package package-folder test-package measure-package

help:
	@echo 'make run       start qtdigits; without a display, show the main job offscreen'
	@echo 'make test      run the tests; ARGS="-k ink" passes options to pytest'
	@echo 'make test-faults  the long form of the tests that kill, fill disks and the like'
	@echo 'make fuzz      an hour of the coverage-guided fuzzer; ARGS="--seconds 9 npz" is less'
	@echo 'make soak      an hour of use of the window, and what grew; ARGS="--minutes 9" is less'
	@echo 'make lint      ruff check, ruff format --check and mypy'
	@echo 'make measure   the figures in README.md; DATA=folder says where the data sets lie'
	@echo 'make package   build dist/qtdigits, the program as one file, and try it out'
	@echo 'make package-folder  the same as a folder, dist/folder/qtdigits'
	@echo 'make test-package    put the built file into trouble: full disks, kills, damage'
	@echo 'make measure-package  its size and times beside a plain one-file build'
	@echo 'make install   put the built file and its menu entry into ~/.local, or PREFIX=folder'
	@echo 'make uninstall  remove exactly what make install put there'
	@echo 'make lock      resolve the dependencies anew and write constraints.txt'
	@echo 'make clean     remove the environment and everything built'

run test lint lock fuzz soak package package-folder test-package measure-package:
	@$(call BOOTSTRAP,$@ $(ARGS))

test-faults: export QTDIGITS_KILLS := 50
test-faults: export QTDIGITS_MUTATIONS := 10000
test-faults:
	@$(call BOOTSTRAP,test -k "killed or faults or fuzz or damaged or mutated" $(ARGS))

measure:
	@$(call BOOTSTRAP,measure $(if $(wildcard $(DATA)),--data '$(DATA)') $(ARGS))

# Built first where it has not been; make package builds it anew.
install: $(if $(wildcard dist/qtdigits),,package)
	@$(call BOOTSTRAP,install)

uninstall:
	@$(call BOOTSTRAP,uninstall)

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache
	find src tests packaging -name __pycache__ -type d -exec rm -rf {} +
