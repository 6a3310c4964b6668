/* test_source.c: bytes out of files, plain and compressed, sound and damaged. */
#include "table/bytes/source.h"

#include <isa-l/igzip_lib.h>
#include <lzma.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zstd.h>

#include "help.h"

/* ---- Compressing ------------------------------------------------------- */

typedef size_t (*compressor)(const void *in, size_t count, void *out, size_t room);

static size_t compress_gzip(const void *in, size_t count, void *out, size_t room)
{
    struct isal_zstream s;
    isal_deflate_init(&s);
    s.gzip_flag = IGZIP_GZIP;
    s.end_of_stream = 1;
    s.flush = NO_FLUSH;
    s.next_in = (uint8_t *)(uintptr_t)in;
    s.avail_in = (uint32_t)count;
    s.next_out = out;
    s.avail_out = (uint32_t)room;
    assert_int_equal(isal_deflate(&s), COMP_OK);
    return s.total_out;
}

static size_t compress_zstd(const void *in, size_t count, void *out, size_t room)
{
    ZSTD_CCtx *c = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
    size_t n = ZSTD_compress2(c, out, room, in, count);
    assert_false(ZSTD_isError(n));
    ZSTD_freeCCtx(c);
    return n;
}

static size_t compress_xz(const void *in, size_t count, void *out, size_t room)
{
    size_t n = 0;
    assert_int_equal(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL, in, count, out, &n, room), LZMA_OK);
    return n;
}

static const struct {
    const char *name;
    compressor compress;
} formats[] = {{"gzip", compress_gzip}, {"zstd", compress_zstd}, {"xz", compress_xz}};
#define FORMATS (sizeof formats / sizeof *formats)

/* Text that compresses badly enough to fill the stored buffer more than once. */
static char *make_text(size_t count)
{
    char *text = malloc(count);
    assert_non_null(text);
    uint64_t seed = 1;
    for (size_t i = 0; i < count; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        text[i] = (char)(' ' + (seed >> 58));
    }
    return text;
}

/* Reads all of a file in pieces of `piece` bytes. */
static tsl_status read_all(const char *path, size_t piece, char *to, size_t room, size_t *total, tsl_file_info *info,
                           tsl_error *err)
{
    tsl__source *source;
    *total = 0;
    const tsl_source from = source_of(path);
    tsl_status st = tsl__source_open(&from, 1, &source, err);
    if (st != TSL_OK) {
        assert_null(source);
        return st;
    }
    size_t got = piece;
    while (st == TSL_OK && got == piece) {
        assert_true(*total + piece <= room);
        st = tsl__source_read(source, to + *total, piece, &got, err);
        *total += st == TSL_OK ? got : 0;
    }
    if (st == TSL_OK && info) {
        assert_int_equal(tsl__source_get_info(source, info, err), TSL_OK);
    }
    tsl__source_free(source);
    return st;
}

/* ---- Tests ------------------------------------------------------------- */

#define TEXT_BYTES 700000

static void test_plain(void **state)
{
    (void)state;
    char got[64];
    size_t total;
    tsl_file_info info;
    const char *path = write_text("abc.txt", "abc");
    assert_int_equal(read_all(path, 2, got, sizeof got, &total, &info, NULL), TSL_OK);
    assert_int_equal(total, 3);
    assert_memory_equal(got, "abc", 3);
    assert_int_equal(info.bytes, 3);
    assert_string_equal(info.compression, "none");
    /* FIPS 180-2, appendix B.1 */
    assert_string_equal(info.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* One stream and three in a row, in pieces of many sizes, give the text back. */
static void test_compressed(void **state)
{
    (void)state;
    static const size_t pieces[] = {1 << 20, 65536, 4099, 977};
    char *text = make_text(TEXT_BYTES), *packed = malloc(2 * TEXT_BYTES + 4096),
         *got = malloc(2 * TEXT_BYTES + (1 << 21));
    for (size_t f = 0; f < FORMATS; f++) {
        for (int parts = 1; parts <= 3; parts++) {
            size_t n = 0, part = TEXT_BYTES / (size_t)parts, total;
            for (int i = 0; i < parts; i++) {
                n += formats[f].compress(text + (size_t)i * part, part, packed + n, 2 * TEXT_BYTES + 4096 - n);
            }
            const char *path = write_bytes("packed", packed, n);
            for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
                tsl_file_info info;
                assert_int_equal(read_all(path, pieces[p], got, 2 * TEXT_BYTES + (1 << 21), &total, &info, NULL),
                                 TSL_OK);
                assert_int_equal(total, part * (size_t)parts);
                assert_memory_equal(got, text, total);
                assert_string_equal(info.compression, formats[f].name);
                assert_int_equal(info.bytes, n);
                assert_int_equal(info.bytes_text, total);
            }
        }
    }
    free(text);
    free(packed);
    free(got);
}

/* Members that end at every place around the end of the stored buffer, into
 * which the decoder looks ahead. */
static void test_member_ends(void **state)
{
    (void)state;
    enum { STORED = 256 << 10, PART = 150000 };
    char *text = make_text(2 * PART), *packed = malloc(4 * PART + STORED), *got = malloc(1 << 20);
    char *file = malloc(8 * PART + STORED);
    size_t first = compress_gzip(text, PART, packed, 4 * PART), total;
    size_t second = compress_gzip(text + PART, PART, packed + first, 4 * PART);
    for (size_t end = STORED - 24; end <= STORED + 24; end++) {
        /* a file name in the header (RFC 1952, FNAME) makes the first member as long as wanted */
        size_t name = end - first;
        memcpy(file, packed, 10);
        file[3] = 8;
        memset(file + 10, 'n', name - 1);
        file[10 + name - 1] = 0;
        memcpy(file + 10 + name, packed + 10, first - 10);
        memcpy(file + end, packed + first, second);
        assert_int_equal(read_all(write_bytes("ends.gz", file, end + second), 65536, got, 1 << 20, &total, NULL, NULL),
                         TSL_OK);
        assert_int_equal(total, 2 * PART);
        assert_memory_equal(got, text, total);
    }
    free(text);
    free(packed);
    free(got);
    free(file);
}

/* The fifth byte of the header is the size of the window, which reading takes at once. */
/* Frames that are to be skipped stand anywhere; pzstd begins with one. */
static void test_skipped_frames(void **state)
{
    (void)state;
    static const char skipped[] = "\x5A*M\x18\x03\0\0\0abc";
    char packed[200], got[64];
    size_t total, n = 0;
    tsl_file_info info;
    for (int i = 0; i < 2; i++) {
        memcpy(packed + n, skipped, sizeof skipped - 1);
        n += sizeof skipped - 1;
        n += compress_zstd("text", 4, packed + n, sizeof packed - n);
    }
    assert_int_equal(read_all(write_bytes("skip", packed, n), 5, got, sizeof got, &total, &info, NULL), TSL_OK);
    assert_int_equal(total, 8);
    assert_memory_equal(got, "texttext", 8);
    assert_string_equal(info.compression, "zstd");
    packed[0] = '\x4F'; /* which begins no such frame */
    assert_int_equal(read_all(write_bytes("skip", packed, 11), 5, got, sizeof got, &total, &info, NULL), TSL_OK);
    assert_string_equal(info.compression, "none");
}

static size_t make_zstd_window(char *packed, size_t room, int log)
{
    ZSTD_CCtx *c = ZSTD_createCCtx();
    ZSTD_inBuffer in = {"a,b\n1,2\n", 8, 0};
    ZSTD_outBuffer out = {packed, room, 0};
    ZSTD_compressStream2(c, &out, &in, ZSTD_e_flush); /* of a length that is not known */
    assert_int_equal(ZSTD_compressStream2(c, &out, &in, ZSTD_e_end), 0);
    ZSTD_freeCCtx(c);
    assert_int_equal(packed[4] & 0x20, 0); /* a window there is */
    packed[5] = (char)((log - 10) << 3);
    return out.pos;
}

/* The block's header: its size, flags, LZMA2, one byte more, which is the size of
 * the dictionary, padding, CRC32. */
static size_t make_xz_dictionary(char *packed, size_t room, int code)
{
    size_t n = compress_xz("a,b\n1,2\n", 8, packed, room), length = ((size_t)(uint8_t)packed[12] + 1) * 4;
    size_t at = 12;
    while (packed[at] != 0x21) {
        at++;
    }
    packed[at + 2] = (char)code;
    uint32_t crc = lzma_crc32((const uint8_t *)packed + 12, length - 4, 0);
    memcpy(packed + 12 + length - 4, &crc, sizeof crc);
    return n;
}

/* Reads the stream with so many bytes of address space left, in a process of its
 * own; 0: no limit. */
static void check_memory(const char *packed, size_t n, size_t left, tsl_status expected, const char *part)
{
    const char *path = write_bytes("large", packed, n);
    pid_t child = fork();
    if (child == 0) {
        char got[4096];
        size_t total;
        tsl_error err = {0};
        struct rlimit limit = {left, left};
        if (left && setrlimit(RLIMIT_AS, &limit)) {
            _exit(3);
        }
        tsl_status status = read_all(path, sizeof got, got, sizeof got, &total, NULL, &err);
        _exit(status != expected || !strstr(err.message, part) || (status == TSL_OK && total != 8));
    }
    int state;
    assert_int_equal(waitpid(child, &state, 0), child);
    assert_true(WIFEXITED(state));
    assert_int_equal(WEXITSTATUS(state), 0);
}

/* AddressSanitizer needs all of the address space. */
#if defined __SANITIZE_ADDRESS__ || defined __clang__
#define LIMITED 0
#else
#define LIMITED 1
static size_t get_address_bytes(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%lu", &pages), 1);
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}
#endif

/* A stream that is sound, but asks for more than there is or may be: that is no damage. */
static void test_memory(void **state)
{
    (void)state;
    char packed[4096];
    size_t n = make_zstd_window(packed, sizeof packed, 27); /* 128 MiB, the most */
#if LIMITED
    const size_t left = get_address_bytes() + ((size_t)64 << 20);
    check_memory(packed, n, left, TSL_E_NOMEM, "the zstd stream cannot be read: out of memory");
#endif
    check_memory(packed, n, 0, TSL_OK, "");
    n = make_zstd_window(packed, sizeof packed, 31);
    check_memory(packed, n, 0, TSL_E_NOMEM, "its window needs more memory than is allowed, 128 MiB");
    n = make_xz_dictionary(packed, sizeof packed, 33); /* 384 MiB */
#if LIMITED
    check_memory(packed, n, left, TSL_E_NOMEM, "the xz stream cannot be read: out of memory");
#endif
    check_memory(packed, n, 0, TSL_OK, "");
    n = make_xz_dictionary(packed, sizeof packed, 36); /* 1 GiB */
    check_memory(packed, n, 0, TSL_E_NOMEM, "its dictionary needs more memory than is allowed, 512 MiB");
}

static void test_damaged(void **state)
{
    (void)state;
    char *text = make_text(100000), *packed = malloc(200000), *got = malloc(2 << 20);
    for (size_t f = 0; f < FORMATS; f++) {
        size_t n = formats[f].compress(text, 100000, packed, 200000), total;
        tsl_error err;
        /* cut short at the front, in the middle, before the last byte */
        const size_t cuts[] = {12, n / 2, n - 1};
        for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
            const char *path = write_bytes("cut", packed, cuts[i]);
            assert_int_equal(read_all(path, 1 << 20, got, 2 << 20, &total, NULL, &err), TSL_E_FORMAT);
            assert_non_null(strstr(err.message, formats[f].name));
            assert_non_null(strstr(err.message, "cut short"));
        }
        /* a bit flipped in what is stored: the checksum or the structure shows it */
        packed[n / 2] = (char)(packed[n / 2] ^ 4);
        assert_int_equal(read_all(write_bytes("flip", packed, n), 1 << 20, got, 2 << 20, &total, NULL, &err),
                         TSL_E_FORMAT);
        packed[n / 2] = (char)(packed[n / 2] ^ 4);
        /* something else behind the stream */
        memcpy(packed + n, "garbage, no stream", 18);
        assert_int_equal(read_all(write_bytes("tail", packed, n + 18), 1 << 20, got, 2 << 20, &total, NULL, &err),
                         TSL_E_FORMAT);
        assert_null(strstr(err.message, "cut short"));
        assert_int_equal(formats[f].compress == compress_gzip,
                         strstr(err.message, "bytes that are no gzip stand behind its end") != NULL);
    }
    free(text);
    free(packed);
    free(got);
}

static void test_padding(void **state)
{
    (void)state;
    char packed[4096] = {0}, got[4096];
    size_t n = compress_gzip("hello", 5, packed, 1000), total;
    assert_int_equal(read_all(write_bytes("pad.gz", packed, n + 512), 100, got, sizeof got, &total, NULL, NULL),
                     TSL_OK);
    assert_int_equal(total, 5);
    n = compress_xz("hello", 5, packed, 1000);
    memset(packed + n, 0, 512);
    assert_int_equal(read_all(write_bytes("pad.xz", packed, n + 512), 100, got, sizeof got, &total, NULL, NULL),
                     TSL_OK);
    assert_int_equal(total, 5);
}

static void test_refused(void **state)
{
    (void)state;
    tsl__source *source;
    tsl_error err;
    assert_int_equal(tsl__source_open(&(tsl_source){.path = path_of("nothing.csv")}, 1, &source, &err),
                     TSL_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "nothing.csv"));
    assert_int_equal(tsl__source_open(&(tsl_source){.path = folder}, 1, &source, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "is a folder"));
    assert_int_equal(tsl__source_open(&(tsl_source){.path = write_text("empty.csv", "")}, 1, &source, &err),
                     TSL_E_INPUT);
    assert_non_null(strstr(err.message, "is empty"));
}

/* "-" is standard input, also from a pipe that hands out a few bytes at a time. */
static void test_standard_input(void **state)
{
    (void)state;
    int fd[2], old = dup(0);
    assert_int_equal(pipe(fd), 0);
    assert_int_equal(write(fd[1], "a,b\n1,2\n", 8), 8);
    close(fd[1]);
    dup2(fd[0], 0);
    close(fd[0]);
    char got[64];
    size_t total;
    tsl_file_info info;
    tsl_status st = read_all("-", 16, got, sizeof got, &total, &info, NULL);
    dup2(old, 0);
    close(old);
    assert_int_equal(st, TSL_OK);
    assert_int_equal(total, 8);
    assert_int_equal(info.bytes, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),          cmocka_unit_test(test_compressed),
        cmocka_unit_test(test_member_ends),    cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_padding),        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_skipped_frames), cmocka_unit_test(test_standard_input),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
