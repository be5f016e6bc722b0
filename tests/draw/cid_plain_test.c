/* cid_plain_test.c - the same as cid_test.c on a processor without SHA instructions. */
#include "crypto/sha_ni.h"
#define sha_ni_there()	false
#include "crypto/hash.c"
#undef sha_ni_there
#define HASH_BY	"by OpenSSL"
#include "cid_test.c"
