from overens.demo import replay
from overens.grants.models import Case
from overens.ledger import reading
def test_x(demo):
    import time
    t=time.time()
    print(replay.play(replay.END))
    print(time.time()-t)
    for c in Case.objects.all().with_parties(): print(c.key,c.state,c.money)
    print(reading.first_difference())
