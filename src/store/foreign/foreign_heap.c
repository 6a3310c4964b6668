/* foreign_heap.c: the global heaps of HDF5's file format (version 1: "Disk Format: Level 1E"). HDF5 1.10 itself takes a
 * reference at its word. */
#include "store/foreign/foreign_heap.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#define PIECE_BYTES ((size_t)1 << 20)
#define HEAD_BYTES ((size_t)16) /* of a heap: "GCOL", a version, its size; of what is in it: a number, ..., a size */

typedef struct piece {
    struct piece *next;
    size_t used, size;
    char bytes[];
} piece;

struct tsl__foreign_texts {
    tsl__disk *disk;
    piece *first;
    size_t left;    /* bytes of texts that may still come: a text stands in the file once */
    uint64_t place; /* of the heap at hand; 0: none */
    unsigned char *heap;
    size_t size, at; /* of the heap; where the last text was found in it */
};

tsl__foreign_texts *tsl__foreign_texts_open(tsl__disk *disk)
{
    tsl__foreign_texts *t = tsl__alloc_zero(1, sizeof *t);
    if (t) {
        t->disk = disk;
        t->left =
            disk->end > SIZE_MAX / 4 ? SIZE_MAX : 2 * (size_t)disk->end + PIECE_BYTES; /* with a NUL behind each */
    }
    return t;
}

void tsl__foreign_texts_free(tsl__foreign_texts *t)
{
    while (t && t->first) {
        piece *next = t->first->next;
        free(t->first);
        t->first = next;
    }
    free(t ? t->heap : NULL);
    free(t);
}

static char *take(tsl__foreign_texts *t, size_t size)
{
    if (size > t->left) {
        return NULL;
    }
    t->left -= size;
    if (!t->first || t->first->size - t->first->used < size) {
        const size_t room = size > PIECE_BYTES ? size : PIECE_BYTES;
        piece *p = tsl__alloc(sizeof *p + room, 1);
        if (!p) {
            return NULL;
        }
        *p = (piece){.next = t->first, .size = room};
        t->first = p;
    }
    char *taken = t->first->bytes + t->first->used;
    t->first->used += size;
    return taken;
}

/* Brings the heap at this place into memory. */
static int open_heap(tsl__foreign_texts *t, uint64_t place)
{
    unsigned char head[HEAD_BYTES];
    uint64_t size;
    if (place && place == t->place) {
        return 0;
    }
    t->place = 0;
    if (place > t->disk->end || t->disk->end - place < HEAD_BYTES || tsl__disk_read(t->disk, head, HEAD_BYTES, place) ||
        memcmp(head, "GCOL\1", 5) != 0) {
        return -1;
    }
    memcpy(&size, head + 8, sizeof size);
    free(t->heap);
    t->heap = size < HEAD_BYTES || size > t->disk->end - place ? NULL : tsl__alloc((size_t)size, 1);
    if (!t->heap || tsl__disk_read(t->disk, t->heap, (size_t)size, place)) {
        return -1;
    }
    t->place = place;
    t->size = (size_t)size;
    t->at = HEAD_BYTES;
    return 0;
}

/* The object of this number from `at` on, its bytes in *size; NULL: there is none. */
static const unsigned char *find(tsl__foreign_texts *t, size_t at, uint32_t number, uint64_t *size)
{
    while (at <= t->size && t->size - at >= HEAD_BYTES) {
        uint16_t found;
        memcpy(&found, t->heap + at, sizeof found);
        memcpy(size, t->heap + at + 8, sizeof *size);
        if (found == 0 || *size > t->size - at - HEAD_BYTES) {
            return NULL; /* what is free stands last */
        }
        if (found == number) {
            t->at = at;
            return t->heap + at + HEAD_BYTES;
        }
        at += HEAD_BYTES + (((size_t)*size + 7) & ~(size_t)7);
    }
    return NULL;
}

const char *tsl__foreign_texts_get(tsl__foreign_texts *t, const unsigned char reference[TSL__REFERENCE_BYTES])
{
    uint32_t length, number;
    uint64_t place, size = 0;
    memcpy(&length, reference, sizeof length);
    memcpy(&place, reference + 4, sizeof place);
    memcpy(&number, reference + 12, sizeof number);
    if (length == 0) {
        return "";
    }
    const unsigned char *bytes = open_heap(t, place) ? NULL : find(t, t->at, number, &size);
    bytes = !bytes && t->place ? find(t, HEAD_BYTES, number, &size) : bytes;
    char *text = bytes && length <= size ? take(t, (size_t)length + 1) : NULL;
    if (text) {
        memcpy(text, bytes, length);
        text[length] = '\0';
    }
    return text;
}
