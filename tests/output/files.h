/* files.h: a fresh folder to write into, and a file as text. */
#ifndef TESTS_OUTPUT_FILES_H
#define TESTS_OUTPUT_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct files {
    char folder[256], path[320];
} files;

static inline void files_open(files *f, const char *name)
{
    const char *base = getenv("TMPDIR");
    snprintf(f->folder, sizeof f->folder, "%s/tesela-output-XXXXXX", base ? base : "/tmp");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/%s", f->folder, name);
}

/* The whole file, owned; NULL where there is none. */
static inline char *files_read(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) {
        return NULL;
    }
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    long length = ftell(in);
    rewind(in);
    char *text = malloc((size_t)length + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)length, in), (size_t)length);
    text[length] = '\0';
    fclose(in);
    return text;
}

static inline void files_close(files *f)
{
    unlink(f->path);
    assert_int_equal(rmdir(f->folder), 0); /* nothing else was left behind */
}

#endif
