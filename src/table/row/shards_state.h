/* shards_state.h: what shards.c writes and shard_read.c reads. */
#ifndef TSL_TABLE_SHARDS_STATE_H
#define TSL_TABLE_SHARDS_STATE_H

#include "store/files/spill.h"
#include "table/row/packed.h"
#include "table/row/shards.h"

/* Behind the bits that are kept with a row one says that its time takes eight bytes, one that the head of its id is
 * written, and not that which was written last in the chunk; then the lines since the row before. */
#define TSL__WIDE_BIT 4
#define TSL__HEAD_BIT 5
#define TSL__STEP_BITS 6

/* Rows of one shard, by one writer, of one file. */
typedef struct tsl__chunk {
    struct tsl__chunk *next;
    size_t writer, file;
    uint64_t line;     /* of the first row */
    size_t rows, used; /* and bytes of them, once it is full */
    char bytes[];
} tsl__chunk;

/* Chunks of one shard by one writer, behind each other in the temporary file, each with its head. */
typedef struct tsl__spilled {
    uint64_t offset;
    size_t bytes, rows;
} tsl__spilled;

/* The chunk of a shard that is being filled; what each row needs of it stands together. */
typedef struct tsl__filling {
    char *to, *end;
    uint64_t line;     /* of the last row */
    tsl__chunk *chunk; /* with those filled before behind it */
    uint32_t rows, file;
    uint64_t closed;       /* rows of those filled before */
    uint64_t form, before; /* the head of an id that was written last; 0: none that others may share */
} tsl__filling;

/* Chunks are taken from blocks, which grow with what is written. */
typedef struct tsl__slab {
    struct tsl__slab *next;
    char *bytes;
    size_t used, capacity;
} tsl__slab;

struct tsl__shard_writer {
    const tsl__shards *shards;
    size_t number;
    tsl__slab *slab, *spare;          /* filled; emptied, to be filled again */
    size_t held;                      /* bytes of the filled ones */
    tsl__spilled (*run)[TSL__SHARDS]; /* each time that all chunks went to the temporary file: where they are now */
    size_t runs, run_capacity;
    uint8_t odd[TSL__SHARDS]; /* 1: an id of the shard is an odd one */
    __int128 weight[TSL__SHARDS];
    tsl__filling filling[TSL__SHARDS];
};

struct tsl__shards {
    tsl__shard_form *form;
    size_t columns, writers;
    size_t time;      /* the column of times; 0: none */
    size_t weighed;   /* the column whose absolute values are added up by shard; 0: none */
    size_t last_text; /* of the columns of texts behind the id; 0: none */
    int settles;      /* 1: it is known how they are read */
    int is_empty;     /* 1: the rows were given back */
    size_t row_bytes; /* the most that a row takes, but for its texts */
    size_t share;     /* bytes that a writer may hold; 0: no limit */
    size_t chunk_bytes;
    tsl__spill *spill; /* or NULL */
    tsl__shard_writer **writer;
    struct code_map {
        int32_t *code;
        size_t count;
    } * map; /* writers x columns: what its codes are; NULL: as they were written */
    tsl__shard_times times;
    char *dropped_bytes;      /* NULL: no row is gone; else those of */
    tsl__packed_text dropped; /* this id are */
};

/* The chunks of a shard by a writer. */
static inline const tsl__chunk *tsl__chunks_get(const tsl__shard_writer *w, size_t shard)
{
    return w ? w->filling[shard].chunk : NULL;
}
/* Rows of a shard that a writer has in the temporary file; *bytes: what they take there. */
static inline size_t tsl__spilled_get_rows(const tsl__shard_writer *w, size_t shard, size_t *bytes)
{
    size_t rows = 0;
    *bytes = 0;
    for (size_t r = 0; w && r < w->runs; r++) {
        rows += w->run[r][shard].rows;
        *bytes += w->run[r][shard].bytes;
    }
    return rows;
}
/* Rows of one of them: those of the first are counted where it is being filled. */
static inline size_t tsl__chunk_get_rows(const tsl__shard_writer *w, size_t shard, const tsl__chunk *c)
{
    return c == w->filling[shard].chunk ? w->filling[shard].rows : c->rows;
}

#endif
