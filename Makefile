# One command does all: `make vi-du` on a fresh Debian with Python 3.11 and make.
export PYTHONUTF8 := 1
export LC_ALL := C.UTF-8
SHELL := /bin/bash
.DEFAULT_GOAL := vi-du
BIN := .venv/bin
PYTEST ?= -q -n auto
BENCH ?=
DOT_BIEN ?=
FUZZ ?= 20
PYTHON ?=

.PHONY: vi-du test lint sua bench fuzz mau addin tinh-huong goi-usb khoa phu-thuoc can-duoi dot-bien clean python office

vi-du: python ## ví dụ trọn vòng: tạo, điền, tổng hợp, in kết quả
	$(BIN)/danvan-xl vi-du -o vi-du

test: python office ## toàn bộ kiểm thử (cả LibreOffice và bộ kiểm tra Open XML)
	$(BIN)/python -m pytest $(PYTEST)

lint: python ## cách viết, kiểu, thứ bậc các phần
	@failed=0; \
	for tool in "ruff check ." "ruff format --check ." "mypy" "lint-imports --no-logo"; do \
	    echo "== $$tool"; $(BIN)/$$tool || failed=1; \
	done; exit $$failed

sua: python ## sửa những gì công cụ tự sửa được
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fuzz: python ## tìm lỗi lâu hơn: sổ, gói, nhật ký, bản gửi, tệp ghi nhớ hỏng ngẫu nhiên; make fuzz FUZZ=100
	DANVAN_FUZZ=$(FUZZ) $(BIN)/python -m pytest -q -n auto tests/whole/test_fuzz*.py tests/whole/test_reader_never_fails.py tests/vietnamese/test_numbers.py

bench: python ## so tốc độ; ví dụ: make bench BENCH="--counts 1 24 100 1000 3321 --write docs/hieu-nang.md"
	@bash .ci/setup-bench
	.tools/bench/bin/python -m benchmarks.compare $(BENCH)

dot-bien: python ## phép thử thấy bao nhiêu chỗ mã bị sửa; nhiều hơn: make dot-bien DOT_BIEN="--count 2000 --minutes 90"
	$(BIN)/python -m mutation.measure --write docs/dot-bien.md $(DOT_BIEN)

mau: python ## làm lại các mẫu trong workbook_templates
	$(BIN)/python -m danvan_xl.writing.template.ready_templates workbook_templates

addin: python ## làm lại danvan.xlam từ văn bản trong addin/
	$(BIN)/python -m addin.build

goi-usb: python ## thư mục cài cho máy không mạng; make goi-usb PYTHON=python-3.11.x-embed-amd64.zip
	$(BIN)/python -m addin.bundle $(if $(PYTHON),--python $(PYTHON))

tinh-huong: python ## ghi lại docs/tinh-huong.md từ câu trả lời của chương trình
	$(BIN)/python -m tests.cases

khoa: python ## làm lại hai tệp requirements.lock với phiên bản mới nhất được phép
	$(BIN)/uv pip compile pyproject.toml --upgrade --group dev --all-extras --universal \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make khoa" --quiet --output-file requirements.lock
	$(BIN)/uv pip compile --group pyproject.toml:bench --constraint requirements.lock --upgrade \
	    --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make khoa" --quiet --output-file benchmarks/requirements.lock

phu-thuoc: python ## ghi lại docs/phu-thuoc.md: tuổi, bản mới nhất, lỗ hổng đã biết của từng gói đang khóa
	$(BIN)/python -m benchmarks.dependencies

can-duoi: python ## chạy kiểm thử với phiên bản thấp nhất được khai báo
	mkdir -p .tools
	$(BIN)/uv pip compile pyproject.toml --all-extras --resolution lowest-direct --quiet \
	    --python-version 3.11 --no-annotate --output-file .tools/can-duoi.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .tools/can-duoi
	$(BIN)/uv pip install --quiet --python .tools/can-duoi --requirement .tools/can-duoi.txt \
	    pytest pytest-randomly pytest-timeout pytest-xdist hypothesis aiosmtpd pyopenvba
	$(BIN)/uv pip install --quiet --python .tools/can-duoi --no-deps --editable .
	.tools/can-duoi/bin/python -m pytest $(PYTEST)

clean: ## xóa mọi thứ tạo ra được
	rm -rf .venv .tools vi-du build dist .coverage .*_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@bash .ci/setup-python

office:
	@bash .ci/setup-office
