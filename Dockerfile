# One image for worker, bot and command line; MongoDB and Redis are services of their own (compose.yaml).
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONUTF8=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-deps --no-build-isolation --editable . \
 && python -m compileall -q core worker tui bot \
 && useradd --create-home --uid 10001 autopost \
 && install -d -o autopost /data

USER autopost
ENV AUTOPOST_DATA_DIR=/data
ENTRYPOINT ["autopost"]
CMD ["worker"]
