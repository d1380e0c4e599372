# One image for both: `dukani serve`, the API, is what it runs; `dukani worker` works off the jobs.
# A release names the base by its digest: --build-arg BASE=python:3.11-slim@sha256:…, which
# .github/workflows/release.yml looks up and writes into the release's notes.
ARG BASE=python:3.11-slim
FROM ${BASE}

# The time of the commit, for builds that come out the same: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
ARG SOURCE_DATE_EPOCH=0
ENV PYTHONUNBUFFERED=1 \
    DUKANI_ENVIRONMENT=production \
    DUKANI_LOG_JSON=true \
    DUKANI_WEB__HOST=0.0.0.0

WORKDIR /app

# Each package as the lock file has it, to the byte. What pip compiles bears the time of the build, so
# that is done below, with the program: by the hash of the source, which nobody checks again.
COPY requirements.txt ./
RUN pip install --no-cache-dir --no-compile --disable-pip-version-check --require-hashes \
        -r requirements.txt

# With `--build-arg CLIP=1` also what runs CLIP, 40 MB. Its weights are no part of an image: they lie
# in DUKANI_DATA_DIR, on a volume, where `dukani models pull` puts them.
ARG CLIP=
COPY requirements-clip.txt ./
RUN if [ -n "$CLIP" ]; then pip install --no-cache-dir --disable-pip-version-check \
        --no-compile --require-hashes -r requirements-clip.txt; fi

COPY supabase/migrations ./supabase/migrations
COPY dukani ./dukani

# The program is root's and cannot be changed by itself, so it is compiled now or at each start.
RUN python -m compileall -q --invalidation-mode unchecked-hash dukani \
        /usr/local/lib/python3.11/site-packages \
    && useradd --create-home --uid 10001 dukani \
    && install -d -o dukani -g dukani .data
USER dukani

EXPOSE 8000
# Nothing but /app/.data and /tmp is written to, so the rest may be mounted read-only.
# Of the API; a worker has no door, and switches it off or names another.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ.get('PORT', '8000') + '/readyz', timeout=4)"]
# `exec`, so that the signal to stop reaches Python and what is begun is finished.
CMD ["sh", "-c", "exec python -m dukani serve --port ${PORT:-8000}"]
