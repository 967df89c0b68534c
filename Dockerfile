# The web process of Lanai. docker-compose.yml adds the other services.

FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/lanai
COPY requirements.txt .
RUN /opt/lanai/bin/pip install -r requirements.txt

FROM python:3.12-slim
# By default glibc has up to eight arenas per core, and each keeps memory that its threads no longer use.
ENV PATH=/opt/lanai/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=2 \
    LANAI_DATA_DIR=/data \
    PORT=8000
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin lanai \
    && install --directory --owner=lanai --group=lanai /data
COPY --from=build /opt/lanai /opt/lanai
WORKDIR /app
COPY . .
RUN python -m compileall -q .
USER lanai
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "deploy/healthcheck.py"]
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0"]
