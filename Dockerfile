# One image for both: `dukani serve`, the API, is what it runs; `dukani worker` works off the jobs.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    DUKANI_ENVIRONMENT=production \
    DUKANI_LOG_JSON=true \
    DUKANI_WEB__HOST=0.0.0.0

WORKDIR /app

# Each package as the lock file has it, to the byte; pip compiles what it installs.
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

# With `--build-arg CLIP=1` also what runs CLIP, 40 MB. Its weights are no part of an image: they lie
# in DUKANI_DATA_DIR, on a volume, where `dukani models pull` puts them.
ARG CLIP=
COPY requirements-clip.txt ./
RUN if [ -n "$CLIP" ]; then pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r requirements-clip.txt; fi

COPY supabase/migrations ./supabase/migrations
COPY dukani ./dukani

# The program is root's and cannot be changed by itself, so it is compiled now or at each start.
RUN python -m compileall -q dukani \
    && useradd --create-home --uid 10001 dukani \
    && install -d -o dukani -g dukani .data
USER dukani

EXPOSE 8000
# `exec`, so that the signal to stop reaches Python and what is begun is finished.
CMD ["sh", "-c", "exec python -m dukani serve --port ${PORT:-8000}"]
