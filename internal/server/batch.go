package server

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/internal/metrics"
	"github.com/drosshq/dross/internal/ndjson"
)

const typeNDJSON = "application/x-ndjson"

var ndjsonTypes = []string{typeNDJSON, "application/ndjson", "application/jsonl"}

// batchWorkers is how many records of one stream are judged at once, at most;
// all streams share the slots of the service.
const batchWorkers = 4

// batchLinger is how long a stream that is refused may still send, so that its
// client comes to read the answer.
const batchLinger = time.Second

// batch serves POST /v1/batch. Records stream in and results out at the pace
// of the slower side; what is under way is bounded.
func (s *Server) batch(w *response, r *http.Request) error {
	coding, req, err := parseBatchHead(r)
	if err != nil {
		return err
	}
	if s.opts.Judge() == nil {
		return unready()
	}
	select {
	case s.batches <- struct{}{}:
		defer func() { <-s.batches }()
	default:
		return overload(errBusy)
	}
	rc := http.NewResponseController(w)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()

	in := &streamReader{from: r.Body, rc: rc, idle: s.limits.BatchIdle}
	out := &streamWriter{w: w, rc: rc, idle: s.limits.BatchIdle, coding: answerCoding(r.Header), codecs: &s.codecs}
	records, err := s.recordReader(coding, in)
	if err != nil {
		return badCoding(coding, err)
	}
	_ = rc.EnableFullDuplex() // HTTP/2 is so without it
	stats, err := ndjson.Run(ctx, records, out, batchJudge{s}, ndjson.Options{
		Workers:     min(s.limits.Concurrency, batchWorkers),
		MaxRecord:   int(s.limits.RecordSize),
		MaxInFlight: s.limits.RecordSize,
		Request:     req,
		OnError:     s.countRecordError,
	})
	gone := r.Context().Err()
	records.stop(err != nil)
	if err != nil && !w.started() {
		w.closing = r.ProtoMajor == 1 // net/http does not survive the rest of a body behind such an answer
		_ = rc.SetReadDeadline(time.Now().Add(batchLinger))
	}
	return s.endBatch(gone, out, stats, err)
}

// endBatch finishes the answer. A stream that broke off after its first result
// is cut short visibly: its answer has no proper end.
func (s *Server) endBatch(gone error, out *streamWriter, stats ndjson.Stats, err error) error {
	switch {
	case err != nil && gone != nil:
		return gone
	case err != nil && toStatus(err).status == http.StatusInternalServerError:
		e := problemf(http.StatusBadRequest, metrics.ReasonRequest, "the stream ended early or could not be read")
		e.cause = err
		return e
	case err != nil:
		return err
	case stats.Records == 0:
		return problemf(http.StatusBadRequest, metrics.ReasonRequest, "the body is empty: send a record a line")
	}
	return out.close()
}

func parseBatchHead(r *http.Request) (coding string, req filter.Request, err error) {
	if ct := r.Header.Get("Content-Type"); ct != "" {
		media, _, bad := mime.ParseMediaType(ct)
		if bad != nil || !slices.Contains(ndjsonTypes, media) {
			return "", req, wrongType(ct, ndjsonTypes)
		}
	}
	if coding, err = contentCoding(r.Header); err != nil {
		return "", req, err
	}
	q, err := query(r, batchQuery)
	if err != nil {
		return "", req, err
	}
	req, err = how(q)
	return coding, req, err
}

func (s *Server) countRecordError(e *ndjson.RecordError) {
	reason := metrics.ReasonRecord
	switch e.Code {
	case ndjson.RecordTooLarge, ndjson.PageTooLarge:
		reason = metrics.ReasonTooLarge
	case ndjson.UnsupportedType, ndjson.UnsupportedCharset:
		reason = metrics.ReasonContentType
	case ndjson.Timeout:
		reason = metrics.ReasonTimeout
	case ndjson.Internal:
		reason = metrics.ReasonInternal
		s.opts.Logger.Error("a record was not judged", "line", e.Line, "err", errors.Unwrap(e))
	}
	s.opts.Metrics.PageError(reason)
}

// batchJudge judges records with the lists of the moment, in the slots of the service.
type batchJudge struct{ s *Server }

func (b batchJudge) CleanWith(ctx context.Context, p filter.Page, how filter.Request) (res filter.Result, err error) {
	if err := b.s.slots.wait(ctx); err != nil {
		return res, err
	}
	defer b.s.slots.release()
	defer func() {
		if p := recover(); p != nil {
			err = b.s.recovered(p)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, b.s.limits.RequestTimeout)
	defer cancel()
	return b.s.judge(ctx, p, how)
}

// recordReader undoes the coding of a stream.
func (s *Server) recordReader(coding string, in *streamReader) (*guardedReader, error) {
	if coding == codingIdentity {
		return &guardedReader{from: in, in: in}, nil
	}
	d, free, err := s.codecs.decoder(coding, in)
	if err != nil {
		return nil, err
	}
	return &guardedReader{from: d, in: in, free: free}, nil
}
