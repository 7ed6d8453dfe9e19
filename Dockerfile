# The chat page and the paths for programs:  docker build -t report-qa . && docker run -p 7860:7860 report-qa
FROM python:3.11-slim

WORKDIR /app
COPY . .
# PyTorch first and alone, as a CPU build: its default Linux build brings gigabytes of GPU packages.
RUN pip install --no-cache-dir --no-deps torch==2.13.0+cpu --index-url https://download.pytorch.org/whl/cpu \
    && pip install --no-cache-dir -c constraints.txt .

RUN useradd --create-home report && install -d -o report /data
USER report
ENV REPORT_QA_DATA=/data
# Built here, so that the container answers within seconds of its start.
RUN report-qa index

EXPOSE 7860
HEALTHCHECK --start-period=30s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/api/ready')"]
STOPSIGNAL SIGTERM
CMD ["report-qa", "serve", "--host", "0.0.0.0"]
