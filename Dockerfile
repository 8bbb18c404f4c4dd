# One image for every role: the command says which. State and key are in /data.
#
#   docker build -t pullquote .
#   docker run -v pullquote:/data -p 8080:8080 pullquote init
#   docker run -v pullquote:/data -p 8080:8080 pullquote

FROM node:22-slim AS libraries
WORKDIR /source
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.13-slim AS build
WORKDIR /source
COPY requirements.lock requirements-dev.lock ./
# What runs, in an environment of its own; what builds, beside it. Both by their hashes.
RUN python -m venv /opt/pullquote \
    && /opt/pullquote/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock \
    && python -m pip install --no-cache-dir --require-hashes --requirement requirements-dev.lock
COPY pyproject.toml README.md LICENSE hatch_build.py package.json package-lock.json ./
COPY --from=libraries /source/node_modules node_modules
COPY scheduler scheduler
COPY templates templates
COPY examples examples
RUN python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheel . \
    && /opt/pullquote/bin/pip install --no-cache-dir --no-deps --no-index /wheel/*.whl

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home pullquote \
    && install --directory --owner pullquote --group pullquote --mode 0700 /data
COPY --from=build /opt/pullquote /opt/pullquote
ENV PATH=/opt/pullquote/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PULLQUOTE_HOST=0.0.0.0
USER pullquote
WORKDIR /data
VOLUME /data
EXPOSE 8080
# 503 where no daemon runs or deliveries are overdue.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/health', timeout=4)"]
ENTRYPOINT ["pullquote"]
CMD ["run"]
