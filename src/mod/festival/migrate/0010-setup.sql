-- What a sale has to do, ticked by hand.
CREATE TABLE setup_mark (
  city     int  NOT NULL,
  festival int  NOT NULL,
  code     text NOT NULL,          -- of the step (setup.c) or of the permit stage
  at       int  NOT NULL,
  by       text NOT NULL,          -- login
  remark   text NOT NULL,          -- number and date of a letter, say
  PRIMARY KEY (city, festival, code),
  FOREIGN KEY (city, festival) REFERENCES festival (city, id)
);

-- Stages of the permit for a free prize draw, as the law in force says.
-- A new law is new rows with their day, not new code.
-- reference table
CREATE TABLE permit_stage (
  code     text PRIMARY KEY,
  law      text NOT NULL,
  since    int  NOT NULL,          -- for sales that begin on this day or later
  before   int  NOT NULL,          -- and before this one; 0: still in force
  position int  NOT NULL,
  base     int  NOT NULL,          -- days are from 0 the first day, 1 the last day
  days     int  NOT NULL,          -- negative: before it
  working  int  NOT NULL,          -- 1: Monday to Friday only
  name_id  text NOT NULL,
  name_en  text NOT NULL,
  note_id  text NOT NULL,
  note_en  text NOT NULL
);

INSERT INTO permit_stage (code, law, since, before, position, base, days, working, name_id, name_en, note_id, note_en) VALUES
 ('ugb-permit', 'UU 22/1954', 0, 19723, 1, 0, -14, 1,
  'Izin undian gratis berhadiah', 'Permit for a free prize draw',
  'Menurut aturan yang berlaku pada tahun itu.', 'By the rules in force in that year.'),
 ('ugb2024-apply', 'Permensos 3/2024', 19723, 0, 1, 0, -14, 1,
  'Ajukan izin undian', 'Apply for the draw permit',
  'Paling lambat 14 hari kerja sebelum mulai: badan hukum, akta, daftar panitia, NIB dan NPWP, surat berkop bermeterai Rp 10.000 yang ditandatangani penyelenggara sendiri, contoh iklan, daftar harga hadiah, hadiah sudah ada.',
  'At least 14 working days before the start: legal body, deed, committee list, NIB and NPWP, a letter with a Rp 10,000 duty stamp signed by the organiser, a sample of the advert, prize price list, prizes in hand.'),
 ('ugb2024-verify-province', 'Permensos 3/2024', 19723, 0, 2, 0, -12, 1,
  'Verifikasi provinsi', 'Verification by the province', 'Dinas Sosial provinsi memeriksa berkas.',
  'The provincial Social Office checks the papers.'),
 ('ugb2024-recommend', 'Permensos 3/2024', 19723, 0, 3, 0, -11, 1,
  'Rekomendasi provinsi', 'Recommendation of the province', 'Jawa Timur: 3 hari kerja, gratis. Kalau isinya berubah, beri tahu lagi.',
  'East Java: 3 working days, free. Give notice again when something changes.'),
 ('ugb2024-verify-ministry', 'Permensos 3/2024', 19723, 0, 4, 0, -8, 1,
  'Verifikasi kementerian', 'Verification by the ministry', 'Kementerian Sosial, daring.',
  'Ministry of Social Affairs, online.'),
 ('ugb2024-approve', 'Permensos 3/2024', 19723, 0, 5, 0, -6, 1,
  'Persetujuan', 'Approval', '', ''),
 ('ugb2024-fee', 'Permensos 3/2024', 19723, 0, 6, 0, -5, 1,
  'Bayar biaya izin', 'Pay the permit fee', 'Rp 200.000 untuk satu undian, Rp 100.000 untuk promosi (PP 3/2012).',
  'Rp 200,000 a draw, Rp 100,000 for promotion (PP 3/2012).'),
 ('ugb2024-promotion-permit', 'Permensos 3/2024', 19723, 0, 7, 0, -4, 1,
  'Izin promosi', 'Promotion permit', 'Sebelum izin ini, undian belum boleh diiklankan.',
  'Before it, the draw may not be advertised.'),
 ('ugb2024-promotion', 'Permensos 3/2024', 19723, 0, 8, 0, -3, 1,
  'Promosi undian', 'Promotion of the draw', 'Poster dan iklan memuat nomor izin.',
  'Posters and adverts carry the number of the permit.'),
 ('ugb2024-grant', 'Permensos 3/2024', 19723, 0, 9, 0, -1, 1,
  'Izin terbit', 'Permit granted', 'Tulis nomor dan tanggalnya: berita acara memerlukannya.',
  'Write down its number and date: the minutes need them.'),
 ('ugb2024-seal', 'Permensos 3/2024', 19723, 0, 10, 1, 1, 0,
  'Penyegelan', 'Sealing', 'Daftar kupon dibekukan di depan notaris, Dinas Sosial dan polisi.',
  'The coupon list is frozen before notary, Social Office and police.'),
 ('ugb2024-winner', 'Permensos 3/2024', 19723, 0, 11, 1, 7, 0,
  'Penentuan pemenang', 'Determination of the winner', 'Terbuka untuk umum, dengan notaris dari awal sampai akhir.',
  'Open to the public, with a notary from start to finish.'),
 ('ugb2024-report', 'Permensos 3/2024', 19723, 0, 12, 1, 67, 0,
  'Laporan undian', 'Report on the draw',
  'Paling lambat 30 hari sesudah masa serah terima hadiah: berita acara notaris, daftar pemenang, tanda terima, hadiah yang tidak diambil.',
  'Within 30 days after the hand-over period: notary''s minutes, list of winners, receipts, uncollected prizes.');
